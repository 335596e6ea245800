package wsp.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;
import wsp.envelope.Headers;
import wsp.text.Ascii;

/**
 * A blacklist, then a whitelist if it is not empty; the same in both daemons. A URL is judged in
 * every reading that an origin may have of it: one that is denied in any reading, or in any case of
 * its letters, is denied, and one is allowed only if each reading is, be it by different rules. So
 * is a method, as it came and in upper case: there are origins that do not tell {@code delete} from
 * {@code DELETE}. Immutable; safe for all threads.
 */
public final class AccessRules {
  public static final AccessRules NONE = new AccessRules(List.of(), List.of());

  private static final String HOST = "Host";

  private final RuleList blacklist;
  private final RuleList whitelist;
  private final List<String> descriptions;
  private final boolean readsHost;

  private AccessRules(List<Rule> blacklist, List<Rule> whitelist) {
    this.blacklist = new RuleList(blacklist.stream().map(Rule::inAnyCase).toList());
    this.whitelist = new RuleList(whitelist);
    List<String> texts = new ArrayList<>();
    for (Rule rule : blacklist) texts.add("blacklist[" + texts.size() + "] " + rule.inWords());
    this.descriptions = List.copyOf(texts);
    this.readsHost = readsField(HOST);
  }

  /** Rules; an empty whitelist allows all. */
  public static AccessRules of(List<Rule> blacklist, List<Rule> whitelist) {
    return new AccessRules(blacklist, whitelist);
  }

  public boolean isEmpty() {
    return blacklist.isEmpty() && whitelist.isEmpty();
  }

  /** True if any rule reads the values of this field, however it is spelled. */
  public boolean readsField(String name) {
    for (Rule rule : blacklist.all()) if (rule.readsField(name)) return true;
    for (Rule rule : whitelist.all()) if (rule.readsField(name)) return true;
    return false;
  }

  /** The verdict on a request; takes time in proportion to {@link #cost}. */
  public Verdict judge(String method, Destination destination, Headers headers) {
    return decide(method, destination, headers).verdict();
  }

  /**
   * The verdict, and the rule that it comes from. A request that is allowed costs no more for that.
   * Readings are worked out only for rules that might decide otherwise by one.
   */
  public Decision decide(String method, Destination destination, Headers headers) {
    FieldReadings seen = asOriginSees(headers, destination);
    Decision asSent = decideOn(method, destination, seen);
    String upper = Ascii.upper(method);
    if (asSent.verdict() != Verdict.ALLOWED || upper.equals(method)) return asSent;
    return decideOn(upper, destination, seen).ofMethod(upper);
  }

  /** With the Host that the origin gets, which is that of the URL, whatever the caller sent. */
  private FieldReadings asOriginSees(Headers headers, Destination d) {
    return new FieldReadings(readsHost ? headers.with(HOST, d.authority()) : headers);
  }

  private Decision decideOn(String method, Destination destination, FieldReadings fields) {
    try {
      Decision denied = denied(method, destination, fields);
      return denied != null ? denied : permitted(method, destination, fields);
    } catch (InvalidDestinationException e) {
      return Decision.of(Verdict.UNCLEAR, String.valueOf(e.getMessage()), destination.url());
    }
  }

  private @Nullable Decision denied(String method, Destination d, FieldReadings fields)
      throws InvalidDestinationException {
    if (blacklist.isEmpty()) return null;
    Decision asSent = denied(method, List.of(d.url()), fields);
    if (asSent != null || d.formsAtMost() == 1) return asSent;
    for (int i : blacklist.candidatesUnder(d.origin() + "/")) {
      Rule rule = blacklist.get(i);
      if (rule.readsUrl() && rule.matchesBut(method, fields, false))
        return denied(method, d.deniedForms(), fields);
    }
    return null;
  }

  private Decision permitted(String method, Destination d, FieldReadings fields)
      throws InvalidDestinationException {
    if (whitelist.isEmpty()) return Decision.ALLOWED;
    if (!allows(method, d.url(), fields)) return notAllowed(d.url(), fields);
    if (d.hasOneReading() || allowsAnyUrl(method, d, fields)) return Decision.ALLOWED;
    for (String form : d.judgedForms())
      if (!allows(method, form, fields)) return notAllowed(form, fields);
    return Decision.ALLOWED;
  }

  private boolean allowsAnyUrl(String method, Destination d, FieldReadings fields) {
    for (int i : whitelist.candidates(d.url())) {
      Rule rule = whitelist.get(i);
      if (!rule.readsUrl() && rule.matchesBut(method, fields, true)) return true;
    }
    return false;
  }

  private static Decision notAllowed(String form, FieldReadings fields) {
    return Decision.of(Verdict.NOT_ALLOWED, fields.remark(), form);
  }

  /** By the first rule of the blacklist that matches any form, or null. */
  private @Nullable Decision denied(String method, Iterable<String> forms, FieldReadings fields) {
    int first = Integer.MAX_VALUE;
    String how = "";
    for (String form : forms) {
      for (int i : blacklist.candidates(form)) {
        if (i >= first) break;
        if (!blacklist.get(i).matchesAny(method, form, fields)) continue;
        first = i;
        how = form;
      }
    }
    return how.isEmpty()
        ? null
        : Decision.of(Verdict.FORBIDDEN, descriptions.get(first) + fields.remark(), how);
  }

  private boolean allows(String method, String form, FieldReadings fields) {
    for (int i : whitelist.candidates(form))
      if (whitelist.get(i).matchesWholly(method, form, fields)) return true;
    return false;
  }

  /**
   * The rule of the whitelist that allows each reading of a request that is allowed, as {@code
   * whitelist[0] method ^GET$}. Nothing without a whitelist; one rule where it allows any URL. For
   * people: it takes its time.
   */
  public List<String> permissions(String method, Destination d, Headers headers) {
    if (whitelist.isEmpty()) return List.of();
    FieldReadings seen = asOriginSees(headers, d);
    List<String> rules = new ArrayList<>(permissionsOn(method, d, seen));
    String upper = Ascii.upper(method);
    if (!upper.equals(method)) rules.addAll(permissionsOn(upper, d, seen));
    return rules;
  }

  private List<String> permissionsOn(String method, Destination d, FieldReadings fields) {
    try {
      List<String> forms = allowsAnyUrl(method, d, fields) ? List.of(d.url()) : d.judgedForms();
      return forms.stream().map(form -> permission(method, form, fields)).toList();
    } catch (InvalidDestinationException e) {
      throw new IllegalArgumentException("not allowed: " + d, e);
    }
  }

  private String permission(String method, String form, FieldReadings fields) {
    for (int i : whitelist.candidates(form)) {
      Rule rule = whitelist.get(i);
      if (rule.matchesWholly(method, form, fields)) return "whitelist[" + i + "] " + rule.inWords();
    }
    return "";
  }

  /**
   * How many steps {@link #judge} may take at the most, some nanoseconds each; itself cheap. A
   * caller that must not be held up judges dear requests elsewhere.
   */
  public long cost(String method, Destination destination, Headers headers) {
    FieldReadings seen = asOriginSees(headers, destination);
    long cost =
        cost(blacklist, method, destination, seen) + cost(whitelist, method, destination, seen);
    return Ascii.upper(method).equals(method) ? cost : 2 * cost;
  }

  private static long cost(RuleList rules, String method, Destination d, FieldReadings fields) {
    if (rules.isEmpty()) return 0;
    int forms = d.formsAtMost();
    long length = (long) forms * d.url().length();
    boolean reads = false;
    long cost = 0;
    for (int i : forms == 1 ? rules.candidates(d.url()) : rules.candidatesUnder(d.origin() + "/")) {
      Rule rule = rules.get(i);
      cost += rule.cost(method.length(), length, fields);
      reads |= rule.readsUrl();
    }
    return reads && forms > 1 ? cost + d.formsCost() : cost;
  }

  /**
   * A line for each rule of the whitelist that allows hosts which were hardly meant, such as {@code
   * ^https://api\\.internal} without an end; it begins with {@code whitelist[0]: url:}. For people:
   * it takes its time.
   */
  public List<String> advice() {
    return WhitelistAdvice.of(whitelist.all());
  }

  public List<Map<String, Object>> blacklist() {
    return blacklist.all().stream().map(Rule::describe).toList();
  }

  public List<Map<String, Object>> whitelist() {
    return whitelist.all().stream().map(Rule::describe).toList();
  }
}
