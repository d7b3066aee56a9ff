import Foundation
import Testing
import WeirLab

@testable import WeirReports

@Suite struct AccountStoriesTests {
  /// One account that asks every 8 s for 10 s of the only server, so that all can be told by hand.
  private static let scenario = """
    {
      "name": "story", "horizon": "32s", "replications": 1, "initial": "fresh", "drain": "1m",
      "populations": [ {
        "name": "users", "accounts": 1, "balance": 1.5,
        "workload": {"type": "openLoop", "interarrival": "8s", "service": "10s"}
      } ],
      "fleet": [ {"name": "servers", "servers": 1} ],
      "policies": [
        {
          "name": "tight",
          "layers": [ {"type": "fixedWindow", "name": "window", "limit": 2, "per": "20s"} ]
        },
        {
          "name": "open",
          "layers": [
            {"type": "concurrency", "limit": 3},
            {"type": "fixedWindow", "name": "window", "limit": 2, "per": "20s"},
            {"type": "credits", "price": 1, "settlementLag": "2s"}
          ]
        },
        {
          "name": "same",
          "layers": [ {"type": "fixedWindow", "name": "window", "limit": 2, "per": "20s"} ]
        }
      ]
    }
    """

  private func stories() throws -> [String] {
    let file = try ScenarioFile("story.json", reader: .texts(["story.json": Self.scenario]))
    let study = Study(file)
    let stories = RunStory.stories(of: 0, in: study)
    return AccountStories.text(stories, study, TextStyle(width: 80))
      .components(separatedBy: "\n\n")
  }

  @Test("the story of an account tells what was asked, answered, paid, waited for and served")
  func refused() throws {
    let expected = """
      Account 0 (users/0, plan default) under tight, replication 0
        0:00:08.000  #1  asks for 1 unit of requests (session 0)
                           window  pays 1 unit; 2 of 2 left
                           => admit, paid by window 1
        0:00:08.000  #1  starts at once
        0:00:16.000  #2  asks for 1 unit of requests (session 1)
                           window  pays 1 unit; 1 of 2 left, full in 12 s
                           => admit, paid by window 1
        0:00:16.000  #2  waits, the next in the queue
        0:00:18.000  #1  completes after 10 s in all: used 1 unit, paid by window 1
        0:00:18.000  #2  starts after 2 s in the queue
        0:00:24.000  #3  asks for 1 unit of requests (session 2)
                           window  pays nothing of 1 unit: limit, passes in 4 s; 0 of
                                   2 left, full in 4 s
                           => deny by window: limit, passes in 4 s
        0:00:24.000  #3  is given up
        0:00:28.000  #2  completes after 12 s in all: used 1 unit, paid by window 1
      """
    #expect(try stories()[0] == expected)
  }

  @Test("the first decision that is not as under the baseline is marked")
  func different() throws {
    let expected = """
      * 0:00:24.000  #3  asks for 1 unit of requests (session 2)
                           concurrency  lets it pass; 2 of 3 left
                           window       pays nothing of 1 unit: limit, passes in 4 s;
                                        0 of 2 left, full in 4 s
                           credits      pays 1 unit; 1 left
                           => admit, paid by credits 1
        0:00:24.000  #3  waits, the next in the queue
        0:00:28.000  #2  completes after 12 s in all: used 1 unit, paid by window 1
        0:00:28.000  #3  starts after 4 s in the queue
        0:00:32.000  #4  asks for 1 unit of requests (session 3)
                           concurrency  lets it pass; 2 of 3 left
                           window       pays 1 unit; 2 of 2 left
                           => admit, paid by window 1
        0:00:32.000  #4  waits, the next in the queue
        0:00:38.000  #3  completes after 14 s in all: used 1 unit, paid by credits 1
        0:00:38.000  #3  credits is charged 1 credit for 1 unit, due in 2 s
        0:00:38.000  #4  starts after 6 s in the queue
        0:00:40.000  #3  credits: debited 1 credit; balance 0.5 credits
        * the first decision that is not as under tight
      """
    let story = try stories()[1]
    #expect(story.hasSuffix(expected), "\(story)")
    #expect(story.contains("\n  0:00:00.000      credits: begins with 1.5 credits; balance 1.5"))
    #expect(story.split(separator: "\n").filter { $0.hasPrefix("*") }.count == 1)
  }

  @Test("a story that is the same says so")
  func same() throws {
    let story = try stories()[2]
    #expect(story.hasSuffix("  every decision is as under tight\n"))
    #expect(!story.contains("*"))
  }

  @Test("no line is wider than it may be")
  func width() throws {
    for line in try stories().joined(separator: "\n").split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
  }
}
