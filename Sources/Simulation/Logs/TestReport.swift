import Deploys
import Foundation

/// The report of a job's tests: results for machines, a summary for people, logs and pictures.
struct TestReport {
  /// The tests that every service has.
  static let cases = [
    "장바구니 › 상품을 담을 수 있다", "장바구니 › 수량 제한을 넘으면 거절한다",
    "장바구니 › 쿠폰을 적용하면 배송비가 다시 계산된다", "주문 › 재고가 없으면 주문할 수 없다",
    "order › keeps the currency of the customer", "order › retries a payment once",
    "login › expires a session after 30 minutes", "login › refuses a reused token",
    "search › finds partial words", "search › sorts by price & rating <desc>",
  ]
  /// The place of the test that fails where one does.
  static let failing = 2

  let job: JobPlan
  let service: String
  let finishedAt: Date

  /// Whether a test failed.
  private var hasFailed: Bool { job.cause == .testFailure && job.conclusion == .failure }

  /// The files of the report.
  var files: [ZipWriter.File] {
    let pixels = Randomness.mix(UInt64(truncatingIfNeeded: job.id))
    var files = [
      ZipWriter.File("junit/results.xml", xml), ZipWriter.File("보고서/요약.md", summary),
      ZipWriter.File("logs/app.log", log), ZipWriter.File("logs/빈 파일.txt", ""),
      ZipWriter.File("coverage/lcov.info", coverage),
      ZipWriter.File(
        "screenshots/01 장바구니 화면.png", PNGImage(width: 240, height: 135, seed: pixels).data),
      ZipWriter.File(
        "screenshots/02-order+payment.png", PNGImage(width: 120, height: 68, seed: pixels ^ 1).data),
    ]
    if hasFailed {
      files.append(
        ZipWriter.File(
          "screenshots/실패/쿠폰.png", PNGImage(width: 240, height: 135, seed: pixels ^ 2).data))
    }
    return files
  }

  /// The results in JUnit's XML.
  var xml: String {
    let failures = hasFailed ? 1 : 0
    var lines = [
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
      "<testsuites name=\"\(service)\" tests=\"\(Self.cases.count)\" failures=\"\(failures)\" "
        + "time=\"31.204\">",
      "  <testsuite name=\"\(service)\" tests=\"\(Self.cases.count)\" failures=\"\(failures)\" "
        + "timestamp=\"\(Timestamp.iso(finishedAt))\">",
    ]
    for (index, name) in Self.cases.enumerated() {
      let head = "    <testcase name=\"\(name.xmlEscaped)\" time=\"0.\(120 + index * 31)\""
      guard hasFailed, index == Self.failing else {
        lines.append("\(head)/>")
        continue
      }
      lines += [
        "\(head)>", "      <failure message=\"expected 2500, received 3000\">",
        "Error: expect(received).toBe(expected)", "    at test/장바구니.spec.ts:88:31",
        "      </failure>", "    </testcase>",
      ]
    }
    return (lines + ["  </testsuite>", "</testsuites>", ""]).joined(separator: "\n")
  }

  private var summary: String {
    let rows = Self.cases.enumerated().map { index, name in
      "| \(hasFailed && index == Self.failing ? "❌" : "✅") | \(name) |"
    }
    return "# \(service) 테스트 결과\n\n\(Self.cases.count)건 중 \(hasFailed ? 1 : 0)건 실패\n\n"
      + "| 결과 | 테스트 |\n|---|---|\n" + rows.joined(separator: "\n") + "\n"
  }

  private var log: String {
    var chance = Randomness(seed: 1, "app log", job.name)
    return (0..<400).map { index in
      let level = ["INFO", "INFO", "\u{1B}[33mWARN\u{1B}[0m", "DEBUG"][index % 4]
      return
        "{\"level\":\"\(level)\",\"id\":\"\(chance.hex(16))\",\"msg\":\"주문 \(1000 + index) 처리\"}\n"
    }.joined()
  }

  private var coverage: String {
    (1...60).map { "SF:src/module\($0).ts\nLF:120\nLH:\(60 + $0)\nend_of_record\n" }.joined()
  }
}
