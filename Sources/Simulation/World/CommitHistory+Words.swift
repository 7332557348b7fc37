extension CommitHistory {
  /// What a commit says, by a number.
  static func subject(_ number: Int) -> String {
    // Seven has no factor in common with the count, so neighbours differ for a long time.
    let subject = subjects[(number * 7) % subjects.count]
    return subject.replacing("{n}", with: String(300 + number % 640))
  }

  private static let subjects = [
    "Fix rounding of delivery fees", "장바구니 수량 제한 추가", "Bump axios to 1.12.2",
    "결제 재시도 로직 개선", "Add health check for the queue worker",
    "Revert \"Cache product list\"", "로그인 세션 만료 시간 조정",
    "Merge pull request #{n} from acme/feature/쿠폰", "🔥 hotfix: null price on the order page",
    "Tune connection pool", "Log the trace id of every refund", "상품 상세 이미지 지연 로딩",
    "Retry webhooks of the card company", "Bump eslint to 9.14.0",
    "Split the order table by month", "주문 취소 사유 필수 입력", "Show stock in the wish list",
    "Merge pull request #{n} from acme/fix/timezone", "Drop the old sign-in page",
    "Cache product list for a minute", "환불 금액 계산 오류 수정", "Measure the time to first byte",
    "Bump @aws-sdk/client-s3 to 3.921.0", "Use one timeout for all upstream calls",
    "배송지 주소 검증 강화", "Remove unused feature flags", "Let operators pause a campaign",
    "Merge pull request #{n} from acme/feature/point", "Fix flaky checkout test",
    "카카오페이 결제 수단 추가", "Document the release process", "Limit uploads to 10 MB",
    "Bump node to 22.11.0", "Guard against duplicate orders", "검색 자동완성 속도 개선",
    "Move secrets to the parameter store", "Count failed sign-ins per address",
    "Merge pull request #{n} from acme/chore/logs", "Round discounts down, not up",
    "알림톡 템플릿 교체", "Answer 429 instead of 503 under load",
  ]
}
