/**
 * Files as the program needs them everywhere: readable by their owner only, never written through a
 * symbolic link, replaced as a whole, and forced to the disk. Start at {@link
 * io.github.smartleadbulk.file.PrivateFiles}. Knows nothing of what is in the files; uses the JDK
 * only.
 */
@NullMarked
package io.github.smartleadbulk.file;

import org.jspecify.annotations.NullMarked;
