package wsp.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.envelope.Headers;

/**
 * A blacklist, then a whitelist if it is not empty; the same in both daemons. A URL is judged in
 * every reading that an origin may have of it: one that is denied in any reading is denied, and one
 * is allowed only if each reading is, be it by different rules. Immutable; safe for all threads.
 */
public final class AccessRules {
  /** No rules: everything is allowed. */
  public static final AccessRules NONE = new AccessRules(List.of(), List.of());

  private final RuleList blacklist;
  private final RuleList whitelist;

  /** What is said of each rule of the blacklist. */
  private final List<String> descriptions;

  private AccessRules(List<Rule> blacklist, List<Rule> whitelist) {
    this.blacklist = new RuleList(blacklist);
    this.whitelist = new RuleList(whitelist);
    List<String> texts = new ArrayList<>();
    for (Rule rule : blacklist) texts.add("blacklist[" + texts.size() + "] " + rule.inWords());
    this.descriptions = List.copyOf(texts);
  }

  /** Rules; an empty whitelist allows all. */
  public static AccessRules of(List<Rule> blacklist, List<Rule> whitelist) {
    return new AccessRules(blacklist, whitelist);
  }

  /** True if everything is allowed. */
  public boolean isEmpty() {
    return blacklist.isEmpty() && whitelist.isEmpty();
  }

  /** The verdict on a request; takes time in proportion to {@link #cost}. */
  public Verdict judge(String method, Destination destination, Headers headers) {
    return decide(method, destination, headers).verdict();
  }

  /** The same, and where it comes from. What is allowed costs no more for that. */
  public Decision decide(String method, Destination destination, Headers headers) {
    if (!blacklist.isEmpty()) {
      Decision denied = denied(method, destination.deniedForms(), headers);
      if (denied != null) return denied;
    }
    if (whitelist.isEmpty()) return Decision.ALLOWED;
    for (String form : destination.judgedForms()) {
      if (!allows(method, form, headers)) return new Decision(Verdict.NOT_ALLOWED, "", form);
    }
    return Decision.ALLOWED;
  }

  /** By the first rule of the blacklist that matches any form, or null. */
  private @Nullable Decision denied(String method, List<String> forms, Headers headers) {
    int first = Integer.MAX_VALUE;
    String how = "";
    for (String form : forms) {
      for (int i : blacklist.candidates(form)) {
        if (i >= first) break;
        if (!blacklist.get(i).matchesAny(method, form, headers)) continue;
        first = i;
        how = form;
      }
    }
    return how.isEmpty() ? null : new Decision(Verdict.FORBIDDEN, descriptions.get(first), how);
  }

  private boolean allows(String method, String form, Headers headers) {
    for (int i : whitelist.candidates(form))
      if (whitelist.get(i).matchesWholly(method, form, headers)) return true;
    return false;
  }

  /**
   * What the whitelist says of each reading of the URL: the rule that allows it, as {@code
   * whitelist[0] method ^GET$}, or empty for none. No readings without a whitelist. For people: it
   * takes its time.
   */
  public Map<String, String> permissions(String method, Destination destination, Headers headers) {
    Map<String, String> permissions = new LinkedHashMap<>();
    if (whitelist.isEmpty()) return permissions;
    for (String form : destination.judgedForms())
      permissions.put(form, permission(method, form, headers));
    return permissions;
  }

  private String permission(String method, String form, Headers headers) {
    for (int i : whitelist.candidates(form)) {
      Rule rule = whitelist.get(i);
      if (rule.matchesWholly(method, form, headers))
        return "whitelist[" + i + "] " + rule.inWords();
    }
    return "";
  }

  /**
   * How many steps {@link #judge} may take at the most, some nanoseconds each; itself cheap. A
   * caller that must not be held up judges dear requests elsewhere.
   */
  public long cost(String method, Destination destination, Headers headers) {
    if (isEmpty()) return 0;
    String url = destination.url();
    long length = (long) destination.formsAtMost() * url.length();
    return cost(blacklist, method, url, length, headers)
        + cost(whitelist, method, url, length, headers);
  }

  private static long cost(
      RuleList rules, String method, String url, long urlLength, Headers headers) {
    long cost = 0;
    for (int i : rules.candidates(url))
      cost += rules.get(i).cost(method.length(), urlLength, headers);
    return cost;
  }

  /** The blacklist, for printing. */
  public List<Map<String, Object>> blacklist() {
    return blacklist.all().stream().map(Rule::describe).toList();
  }

  /** The whitelist, for printing. */
  public List<Map<String, Object>> whitelist() {
    return whitelist.all().stream().map(Rule::describe).toList();
  }
}
