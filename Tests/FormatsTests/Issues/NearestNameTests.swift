import Testing
import WeirFormats

@Suite struct NearestNameTests {
  @Test(
    "a slip of the fingers finds the name",
    arguments: [
      ("limti", "limit"), ("limt", "limit"), ("Limit", "limit"), ("replcations", "replications"),
      ("replications2", "replications"), ("horizn", "horizon"), ("warm-up", "warmup"),
      ("pers", "per"),
      ("PER", "per"),
    ])
  func near(written: String, meant: String) {
    let names = ["limit", "per", "replications", "horizon", "warmup", "seed"]
    #expect(nearestName(written, in: names) == meant)
  }

  @Test(
    "another word finds nothing",
    arguments: ["banana", "x", "", "policies", "limited-edition", "abc"])
  func far(written: String) {
    #expect(nearestName(written, in: ["limit", "per", "replications", "horizon"]) == nil)
  }

  @Test("the nearest wins, and the first of equally near ones; the name itself is no suggestion")
  func order() {
    #expect(nearestName("grup", in: ["grip", "group", "grub"]) == "grip")
    #expect(nearestName("serer", in: ["severe", "server"]) == "server")
    #expect(nearestName("same", in: ["same"]) == nil)
  }
}
