/**
 * Files that people or Weir write: read with a bounded size, watched for changes, replaced as a whole.
 *
 * <p>Infrastructure: knows no feature, and not what a text means. Deliberately absent: events of the file system, which do
 * not tell of every way in which a file is replaced.
 */
@NullMarked
package io.weir.file;

import org.jspecify.annotations.NullMarked;
