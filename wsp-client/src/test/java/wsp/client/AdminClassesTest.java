package wsp.client;

import wsp.testing.AdminClasses;

class AdminClassesTest extends AdminClasses {
  AdminClassesTest() {
    super(
        "wsp.client.ClientMain",
        "targets: ['ws://127.0.0.1:1/register']\n",
        "Unable to connect to ");
  }
}
