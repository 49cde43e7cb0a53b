/**
 * What runs on a node, and its replacement while it runs: {@link dev.switchboard.deployment.Deployments} lists, deploys and
 * undeploys; {@link dev.switchboard.deployment.DeskVerticle} does so for the whole cluster; {@link
 * dev.switchboard.deployment.Watch} replaces what is edited.
 *
 * <p>Knows bus. Whatever changes here is done one after the other, on threads that may block.
 */
@NullMarked
package dev.switchboard.deployment;

import org.jspecify.annotations.NullMarked;
