/**
 * Terminal manners of all commands: where words go, which exit codes mean what, how a wrong option is answered.
 *
 * <p>Infrastructure: knows no feature and no part of WeChat, and imports picocli only. The one package that may touch
 * {@code System.out}, {@code System.err} and the signals of the process. Deliberately absent: the commands themselves
 * and the end of the process ({@code System.exit} belongs to {@code Main}).
 */
@NullMarked
package io.weir.cli;

import org.jspecify.annotations.NullMarked;
