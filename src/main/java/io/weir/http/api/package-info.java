/**
 * What a feature needs to answer on the admin port: routes, what is asked, what is answered, and problems in the form of RFC
 * 9457. The composition root hands the routes of all features to the port.
 *
 * <p>Infrastructure: it knows no feature. Deliberately absent: the server, and who may call.
 */
@NullMarked
package io.weir.http.api;

import org.jspecify.annotations.NullMarked;
