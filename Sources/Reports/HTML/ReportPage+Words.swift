/// The words that a page uses as if everyone knew them.
extension ReportPage {
  /// The section of the words.
  func words(_ section: inout Markup) {
    section.element("dl") { list in
      for (term, meaning) in Self.meanings {
        list.element("dt", text: term)
        list.element("dd", text: meaning)
      }
    }
  }

  private static let meanings: [(term: String, meaning: String)] = [
    (
      "intent, attempt, session",
      "An intent is one thing that an account wants done once; each try at it is an attempt. A session"
        + " is a chain of intents of which each follows from the one before, such as the calls of a"
        + " coding agent; other intents are a session each."
    ),
    (
      "refused, refused for good",
      "An attempt is refused, and may be made again. An intent is refused for good once its account"
        + " gives it up. An intent refused at least once counts, however soon it is let in after all:"
        + " unbroken sessions tell those that mattered."
    ),
    (
      "wait after a refusal",
      "From the first refusal of an intent until it is let in or given up: a mean over refused intents"
        + " only. It judges nothing: who is told to come back in hours gives up at once, and counts as"
        + " seconds."
    ),
    (
      "unbroken session",
      "One without a gap caused by refusals that is longer than its population tolerates"
        + " (tolerableGap, a minute unless the scenario says otherwise)."
    ),
    (
      "intents never asked, as the session broke off",
      "The rest of sessions that ended early, since an intent was refused for good, ran out of patience"
        + " in the queue or failed. They are in no share of what was asked, but in that of all that"
        + " sessions wanted. Those that the end of the run came before are counted apart: no policy"
        + " lost them."
    ),
    (
      "evenness",
      "Jain's index: 1 where all accounts have the same, 1/n where one of n has everything. Evenness of"
        + " service compares what accounts got; evenness of share served compares what each got of"
        + " what it asked for, which is the fairer one where some want much more than others."
    ),
    (
      "servers busy, usefully busy",
      "Busy is any work, of one request or many at once. Useful is the time that the measured and"
        + " completed work takes at the greatest speed of the servers: a server that few requests share"
        + " is busy, but less useful."
    ),
    (
      "idle while refusing",
      "How much of the fleet stood idle for want of requests while intents that it could have served"
        + " were refused."
    ),
    (
      "units, credits",
      "Units are what limits count: of the product's meter, such as tokens or seconds of video."
        + " Credits are what accounts buy and pay with; what they are worth in money is not modelled."
    ),
    (
      "denied though funded",
      "Attempts refused though a settled balance would have paid: by another layer on purpose, or since"
        + " the balance was reserved for what is under way."
    ),
    (
      "run, replication",
      "One policy in one random world. Each replication is another world, the same for every policy."
    ),
    (
      "p95",
      "The 95th percentile: the time within which 95 % of all intents were served; no value where more"
        + " than 5 % never were."
    ),
    (
      "surely, unclear, same, barely",
      "Surely better or worse: decided by the paired test of the verdict. Unclear: the worlds that were"
        + " run do not tell. Same: equal in every world. Barely: sure, but by less than the digits"
        + " shown."
    ),
    (
      "ordinary, labelled",
      "A scenario may label populations as abusive: that is the truth which policies are measured"
        + " against and do not see. All other accounts are the ordinary ones."
    ),
    (
      "overloaded",
      "More requests waited than the fleet has servers, whatever number of requests a server takes at"
        + " once."
    ),
    (
      "saturated",
      "More came than could be served, so that the queue grew to the end of the run. A run can be"
        + " overloaded for hours and recover: then it is not saturated."
    ),
    (
      "threshold", "A bound that the scenario sets on a metric, for a test to pass or fail."
    ),
  ]
}
