/** The pages as a site: what is done to them after Maven has made them. */
package dev.switchboard.site;
