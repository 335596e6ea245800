/** Two servers, three clients and a faulty origin under load, while everything breaks. */
package wsp.chaos;
