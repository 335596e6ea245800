/** What the tests of all modules share. */
package wsp.testing;
