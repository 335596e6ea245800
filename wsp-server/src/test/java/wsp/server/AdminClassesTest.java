package wsp.server;

import wsp.testing.AdminClasses;

class AdminClassesTest extends AdminClasses {
  AdminClassesTest() {
    super("wsp.server.ServerMain", "port: 0\n", "Listening on ");
  }
}
