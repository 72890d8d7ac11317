/**
 * Files for the whole program: readable only by their owner, never written through a symbolic link,
 * replaced as a whole and forced to the disk. Start at {@link
 * io.github.smartleadbulk.file.PrivateFiles}. Knows nothing about the content of files. May use
 * only the JDK.
 */
@NullMarked
package io.github.smartleadbulk.file;

import org.jspecify.annotations.NullMarked;
