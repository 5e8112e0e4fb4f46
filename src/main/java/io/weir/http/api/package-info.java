/**
 * What a room needs to answer on the admin port: routes, what is asked, what is answered, and problems in the form of RFC
 * 9457. The roof hands the routes of all rooms to the port.
 *
 * <p>A stair: it knows no room. Deliberately absent: the server, and who may call.
 */
@NullMarked
package io.weir.http.api;

import org.jspecify.annotations.NullMarked;
