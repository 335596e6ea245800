/** Who may call and who may register: keys, compared in constant time, and what each may do. */
@NullMarked
package wsp.server.keys;

import org.jspecify.annotations.NullMarked;
