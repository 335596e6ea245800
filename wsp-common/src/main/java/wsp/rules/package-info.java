/** Which requests may be made: a blacklist, then a whitelist. */
@NullMarked
package wsp.rules;

import org.jspecify.annotations.NullMarked;
