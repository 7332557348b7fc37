extension Configuration {
  /// The reference of the configuration file, in Markdown.
  package static func reference() -> String {
    """
    # Configuration

    <!-- Generated from the table of keys in Sources/Settings; do not edit by hand. -->

    cdtop reads one YAML file.
    The first of these that is set names it, whether a file is there or not:

    1. the option `--config FILE`;
    2. the variable `CDTOP_CONFIG`;
    3. `$XDG_CONFIG_HOME/cdtop/config.yaml`;
    4. `~/.config/cdtop/config.yaml`.

    `cdtop demo` needs no file.
    `cdtop config check` reports everything that is wrong with the file at once: line, column, key, and what to do about it.
    A file that is in order it tries out, by asking every server once; with `--offline` it asks nobody.

    The least that is useful:

    ```yaml
    \(minimalExample)```

    ## Keys

    An unknown key is an error, so that a slip of the pen does not pass unnoticed.
    A key without a value is an error too; a section without keys is not.

    \(tables)
    ## No secrets

    The file holds none, and is refused if it does.
    GitHub's token comes from `GITHUB_TOKEN`, `GH_TOKEN` or `gh auth token`, in this order.
    AWS credentials come from the process's environment, or from the profile that `aws` names.
    The address of a webhook comes from the variable that `notices.webhook_variable` names.

    ## A whole file

    `cdtop config example` prints it; `#` alone switches a key off.

    ```yaml
    \(commentedExample())```

    """
  }

  private static var tables: String {
    let top = ConfigurationKey.keys(in: "")
    let single = top.filter { !$0.isSection }
    let sections = top.filter(\.isSection).map { section in
      let rows = ConfigurationKey.all.filter {
        $0.path.hasPrefix(section.path + ".") || $0.path.hasPrefix(section.path + "[].")
      }
      let presence = section.presence == .required ? "is required" : "may be left out"
      return """
        ### `\(section.path)`

        \(section.summary)
        The section \(presence).

        \(table(rows))
        """
    }
    let rest = """
      ### At the top of the file

      These stand in no section.

      \(table(single))
      """
    return (sections + [rest]).joined(separator: "\n")
  }

  private static func table(_ keys: [ConfigurationKey]) -> String {
    """
    | key | value | default | what it does |
    |---|---|---|---|
    \(keys.map(row).joined(separator: "\n"))

    """
  }

  private static func row(_ key: ConfigurationKey) -> String {
    let standard = key.standard.map(code) ?? "required"
    let cells = ["`\(key.path)`", key.kind.description, standard, key.summary]
    return "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
  }

  /// A default that is one word is written as code; one in words stands as it is.
  private static func code(_ standard: String) -> String {
    standard.contains(" ") || standard.contains("`") ? standard : "`\(standard)`"
  }
}
