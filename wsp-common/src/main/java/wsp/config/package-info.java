/** Configuration files, read strictly, and the print of what they came to. */
@NullMarked
package wsp.config;

import org.jspecify.annotations.NullMarked;
