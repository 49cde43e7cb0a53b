/**
 * Page tokens say who a client is: JSON Web Tokens (RFC 7519) that {@link dev.switchboard.token.PageTokens} issues,
 * refreshes, verifies and revokes.
 *
 * <p>Knows the configuration only. Everything here may be used on any thread, and nothing blocks.
 */
@NullMarked
package dev.switchboard.token;

import org.jspecify.annotations.NullMarked;
