/**
 * The example in the document of ThinkJS 3: a controller for {@code /}, and a second group of messages with a namespace
 * of its own. Its browser side stands in {@code webroot/thinkjs3}, its configuration in {@code conf/thinkjs3.json}.
 *
 * <p>Uses the public API only; nothing else knows it. The handlers run on worker threads.
 */
@NullMarked
package thinkjs3;

import org.jspecify.annotations.NullMarked;
