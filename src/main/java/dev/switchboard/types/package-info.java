/**
 * What a configuration declares of events, as others read it: TypeScript, Java records, an AsyncAPI document.
 *
 * <p>Knows the {@code config} alone, and is known by those who write these to files or serve them. Nothing here waits or
 * keeps state: for any thread.
 */
@NullMarked
package dev.switchboard.types;

import org.jspecify.annotations.NullMarked;
