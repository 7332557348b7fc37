import Foundation

/// The step that builds the image, with all that `docker build` prints.
extension StepScript {
  mutating func build() {
    begin(
      "$SHELL devops-repo/repository/${{ github.repository }}/\(slug)/build-deploy.sh $SERVICE_NAME"
        + " $ENVIRONMENT $CURRENT_TAG $S3_BUCKET $DOCKERFILE_PATH")
    script.say("이미지 빌드를 시작합니다: \(service) (\(environment)) \(run.ref)")
    script.say("##[group]docker build")
    script.say(
      "##[command]docker buildx build --platform linux/arm64 --cache-from type=registry,ref="
        + "\(image):cache -f apps/\(slug)/Dockerfile -t \(image):\(run.sha.prefix(12)) .",
      "#0 building with \"default\" instance using docker driver", "",
      "#1 [internal] load build definition from Dockerfile",
      "#1 transferring dockerfile: 1.87kB done", "#1 DONE 0.0s", "",
      "#2 [internal] load metadata for docker.io/library/node:20.18-alpine")
    script.wait(2)
    script.say("#2 DONE 1.4s", "")
    pullBase()
    installPackages()
    if cause == .dependencyConflict { return end() }
    compile()
    if cause == .typeError { return end() }
    runTests()
    if cause == .testFailure { return end() }
    exportImage()
    if cause != nil || isFailing { return end() }
    script.say("##[endgroup]")
    if workflow.jobs.count == 1 { register() }
  }

  private mutating func end() {
    script.say("##[endgroup]")
    script.say(
      "\u{1B}[31mERROR\u{1B}[0m \(service): 배포 실패 - \(job.cause?.summary ?? "build failed")")
    script.wait(0.2)
    fail(job.cause)
  }

  private mutating func pullBase() {
    script.say("#3 [base 1/2] FROM docker.io/library/node:20.18-alpine@sha256:\(chance.hex(64))")
    for layer in 1...4 {
      let size = Double(chance.number(in: 30...4200)) / 100
      for share in [0.2, 0.55, 1.0] {
        script.wait(0.5)
        script.say(
          "#3 sha256:\(chance.hex(64)) \(Self.megabytes(size * share))MB / "
            + "\(Self.megabytes(size))MB \(Self.megabytes(Double(layer) * share))s"
            + (share == 1 ? " done" : ""))
      }
    }
    script.say("#3 extracting sha256:\(chance.hex(64)) 1.1s done", "#3 DONE 6.2s", "")
    for (number, layer) in [
      (4, "[base 2/2] WORKDIR /app"), (5, "[deps 1/3] COPY package.json package-lock.json ./"),
    ] { script.say("#\(number) \(layer)", "#\(number) CACHED", "") }
  }

  private mutating func installPackages() {
    script.say("#6 [deps 2/3] RUN npm ci --loglevel http")
    script.say("##[group]npm ci")
    var seconds = 0.4
    for index in 0..<140 {
      seconds += Double(chance.number(in: 20...140)) / 1000
      let name = Self.packages[index % Self.packages.count]
      let version = "\(chance.number(in: 0...22)).\(chance.number(in: 0...30)).\(index % 9)"
      script.say(
        "#6 \(Self.megabytes(seconds)) npm http fetch GET 200 https://registry.npmjs.org/\(name)/-/"
          + "\(name)-\(version).tgz \(chance.number(in: 12...640))ms (cache miss)")
      script.wait(0.25)
      if index % 37 == 11 {
        script.say(
          "#6 \(Self.megabytes(seconds)) \u{1B}[33mnpm warn\u{1B}[39m \u{1B}[94mdeprecated\u{1B}[39m"
            + " \(name)@\(version): 더 이상 지원되지 않는 버전입니다")
      }
    }
    if cause == .dependencyConflict {
      script.say(
        "#6 \(Self.megabytes(seconds)) \u{1B}[31mnpm error\u{1B}[39m code ERESOLVE",
        "#6 \(Self.megabytes(seconds)) \u{1B}[31mnpm error\u{1B}[39m ERESOLVE could not resolve",
        "#6 \(Self.megabytes(seconds)) npm error While resolving: react-dom@18.3.1",
        "#6 \(Self.megabytes(seconds)) npm error Found: react@19.1.0",
        "#6 \(Self.megabytes(seconds)) npm error Could not resolve dependency:",
        "#6 \(Self.megabytes(seconds)) npm error peer react@\"^18.3.1\" from react-dom@18.3.1",
        "##[endgroup]")
      breakOff(6, layer: "[deps 2/3] RUN npm ci --loglevel http", line: 12, code: 1)
      return
    }
    script.say(
      "#6 \(Self.megabytes(seconds)) added 1184 packages, and audited 1185 packages in "
        + "\(Int(seconds))s", "#6 DONE \(Self.megabytes(seconds))s", "##[endgroup]", "")
  }

  private mutating func compile() {
    script.say("#7 [build 1/3] COPY . .", "#7 DONE 0.6s", "", "#8 [build 2/3] RUN npm run build")
    script.wait(6)
    script.say("#8 0.812 > \(slug)@1.42.0 build", "#8 0.812 > tsc -p tsconfig.build.json")
    script.wait(8)
    if cause == .typeError {
      script.say(
        "#8 11.08 \u{1B}[96msrc/cart/cart.service.ts\u{1B}[0m:\u{1B}[93m214\u{1B}[0m:"
          + "\u{1B}[93m17\u{1B}[0m - \u{1B}[91merror\u{1B}[0m\u{1B}[90m TS2345: \u{1B}[0mArgument of "
          + "type 'string | undefined' is not assignable to parameter of type 'string'.",
        "#8 11.08 ",
        "#8 11.08 \u{1B}[7m214\u{1B}[0m     this.coupons.apply(cart.couponCode);  // 쿠폰 코드",
        "#8 11.08 \u{1B}[7m   \u{1B}[0m \u{1B}[91m                       ~~~~~~~~~~~~~~~\u{1B}[0m",
        "#8 11.09 Found 1 error in src/cart/cart.service.ts:214")
      breakOff(8, layer: "[build 2/3] RUN npm run build", line: 31, code: 2)
      return
    }
    for index in 1...24 {
      script.say(
        "#8 \(11 + index / 4).\(100 + index) dist/chunk-\(chance.hex(8)).js  \(index * 7)kB")
      script.wait(0.5)
    }
    script.say("#8 DONE 21.4s", "")
  }

  private mutating func runTests() {
    script.say("#9 [build 3/3] RUN npm test -- --reporter=junit --ci")
    script.say("##[group]단위 테스트")
    for (index, name) in TestReport.cases.enumerated() {
      let isBad = cause == .testFailure && index == TestReport.failing
      script.wait(0.8)
      script.say(
        "#9 \(3 + index).204   \(isBad ? "\u{1B}[31m✕" : "\u{1B}[32m✓")\u{1B}[39m \(name) "
          + "(\(20 + index * 7) ms)")
    }
    if cause == .testFailure {
      script.say(
        "#9 30.12   \u{1B}[1m● \(TestReport.cases[TestReport.failing])\u{1B}[22m", "#9 30.12 ",
        "#9 30.12     expect(\u{1B}[31mreceived\u{1B}[39m).toBe(\u{1B}[32mexpected\u{1B}[39m)",
        "#9 30.12     Expected: \u{1B}[32m2500\u{1B}[39m",
        "#9 30.12     Received: \u{1B}[31m3000\u{1B}[39m",
        "#9 30.12       at Object.<anonymous> (test/장바구니.spec.ts:88:31)",
        "#9 30.13 Tests: 1 failed, \(TestReport.cases.count - 1) passed")
    }
    script.say("##[endgroup]")
    guard cause == .testFailure else {
      script.say("#9 DONE 31.0s", "")
      return
    }
    breakOff(9, layer: "[build 3/3] RUN npm test -- --reporter=junit --ci", line: 34, code: 1)
  }

  private mutating func exportImage() {
    script.say("#10 exporting to image", "#10 exporting layers")
    script.wait(3)
    if cause == .diskFull {
      script.say(
        "#10 ERROR: write /var/lib/docker/tmp/layer-9: no space left on device",
        "Filesystem      Size  Used Avail Use% Mounted on",
        "overlay          64G   64G     0 100% /")
      return
    }
    script.say(
      "#10 exporting layers 4.1s done", "#10 writing image sha256:\(chance.hex(64)) done",
      "#10 pushing \(image):\(run.sha.prefix(12))")
    for layer in 1...5 {
      script.wait(1)
      script.say("\(chance.hex(12)): Pushing layer \(layer)/5")
    }
    if cause == .pushDenied {
      script.say(
        "denied: User: arn:aws:sts::assumed-role/codebuild-runner is not authorized to perform: "
          + "ecr:PutImage on resource: \(slug) because no identity-based policy allows the "
          + "ecr:PutImage action")
      return
    }
    script.say(
      "\(run.sha.prefix(12)): digest: sha256:\(chance.hex(64)) size: 2417",
      "\u{1B}[32m이미지 푸시 완료\u{1B}[0m \(service):\(run.sha.prefix(7))")
    script.remark(
      LogScript.Remark(
        level: .warning,
        message: "Using --password via the CLI is insecure. Use --password-stdin."))
  }

  private mutating func register() {
    script.say(
      "##[command]aws ecs update-service --cluster \(environment) --service \(slug) "
        + "--force-new-deployment")
    script.wait(4)
    for count in 0...2 {
      script.wait(4)
      script.say("실행 중인 태스크: \(count)/2")
    }
    script.say("\u{1B}[32m배포 완료\u{1B}[0m \(service) → \(environment)")
  }

  /// What BuildKit prints when a layer's command fails.
  private mutating func breakOff(_ number: Int, layer: String, line: Int, code: Int) {
    let command = layer.drop { $0 != "]" }.dropFirst(6)
    let message =
      "process \"/bin/sh -c \(command)\" did not complete successfully: exit code: \(code)"
    script.say(
      "#\(number) ERROR: \(message)", "------", " > \(layer):", "------",
      "Dockerfile:\(line)", "--------------------", "  \(line - 2) |     COPY . .",
      "  \(line - 1) |     ", "  \(line) | >>> RUN \(command)", "  \(line + 1) |     ",
      "--------------------", "ERROR: failed to build: failed to solve: \(message)")
    script.wait(0.5)
  }

  /// Two decimals, without the help of a formatter.
  static func megabytes(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  static let packages = [
    "react", "react-dom", "next", "typescript", "zod", "axios", "pino", "undici", "fastify",
    "kysely", "vitest", "rollup", "esbuild", "postcss", "semver", "ws", "ioredis", "uuid",
    "date-fns", "lodash.merge", "picocolors", "cross-spawn", "minimatch", "prettier",
  ]
}
