import Testing
import WeirSystem

@Suite struct ChildProcessTests {
  private func none() -> Int32 { open("/dev/null", O_RDONLY | O_CLOEXEC) }

  @Test("what a program writes comes in full, its output and its complaints apart")
  func output() throws {
    let input = none()
    defer { close(input) }
    let script = "i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; echo hm >&2"
    let process = try ChildProcess("/bin/sh", ["-c", script], input: input)
    let bytes = try #require(Descriptor.bytes(from: process.output))
    #expect(bytes.count == 220_000)
    #expect(Descriptor.bytes(from: process.errors) == Array("hm\n".utf8))
    #expect(process.end())
  }

  @Test("a program reads its input, and is given its words as they are")
  func input() throws {
    let input = open(#filePath, O_RDONLY | O_CLOEXEC)
    defer { close(input) }
    let script = "head -n 1; printf '%s|' \"$@\""
    let process = try ChildProcess("/bin/sh", ["-c", script, "sh", "a b", "", "é"], input: input)
    let bytes = try #require(Descriptor.bytes(from: process.output))
    #expect(String(decoding: bytes, as: UTF8.self) == "import Testing\na b||é|")
    #expect(process.end())
  }

  @Test("a program that fails or is stopped did not end well", arguments: ["exit 3", "kill -9 $$"])
  func failing(_ script: String) throws {
    let input = none()
    defer { close(input) }
    #expect(try !ChildProcess("/bin/sh", ["-c", script], input: input).end())
    let endless = try ChildProcess("/bin/sh", ["-c", "exec sleep 100"], input: input)
    endless.stop()
    #expect(!endless.end())
  }

  @Test("a program that is not there is not started")
  func missing() throws {
    let input = none()
    defer { close(input) }
    let failure = #expect(throws: ChildProcess.Failure.self) {
      try ChildProcess("/no/such/program", [], input: input)
    }
    #expect(failure?.reason == "No such file or directory")
  }

  @Test("more bytes than are allowed are none")
  func limit() {
    for (limit, count) in [(10, nil), (14, nil), (15, 15), (16, 15)] as [(Int, Int?)] {
      let file = open(#filePath, O_RDONLY | O_CLOEXEC)
      defer { close(file) }
      lseek(file, -15, SEEK_END)
      #expect(Descriptor.bytes(from: file, limit: limit)?.count == count)
    }
  }
}
