/**
 * Text of protocols: ASCII alone, where Unicode would make more of the same characters; digests.
 */
@NullMarked
package wsp.text;

import org.jspecify.annotations.NullMarked;
