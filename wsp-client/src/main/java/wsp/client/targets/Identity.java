package wsp.client.targets;

import java.util.List;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.config.Secrets;
import wsp.envelope.Greeting;
import wsp.envelope.Labels;

/**
 * What servers are told of this client. Immutable.
 *
 * @param id names the pool on the servers
 * @param secretKey what the servers want to know
 * @param labels what callers may choose this client by, beside its id
 */
public record Identity(String id, String secretKey, List<String> labels) {
  static Identity of(ConfigFile file, String defaultId) throws ConfigException {
    String id = file.string("ID", defaultId);
    if (!Greeting.isId(id))
      throw new ConfigException(
          file.where("id")
              + ": 1 to "
              + Greeting.MAX_ID
              + " printable ASCII characters without spaces are expected");
    List<String> labels = file.strings("Labels");
    if (!Labels.areLabels(labels))
      throw new ConfigException(file.where("labels") + ": " + Labels.EXPECTED + " are expected");
    return new Identity(id, Secrets.key(file, "SecretKey"), labels);
  }

  /** The greeting, with how many unused links the server is asked to leave open. */
  String greeting(int idle) {
    return new Greeting(id, idle).format();
  }
}
