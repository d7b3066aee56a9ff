/// The style sheet of a report: light and dark, narrow and wide, screen and paper.
enum ReportStyle {
  /// The whole style sheet.
  static let text = """
    :root{color-scheme:light dark;\(ChartStyle.variables(ChartStyle.light));--soft:#f4f5f7;\
    --good:#006b45;--bad:#a8231b;--link:#0059a8}
    @media (prefers-color-scheme:dark){:root{\(ChartStyle.variables(ChartStyle.dark));\
    --soft:#1e2228;--good:#4fd19b;--bad:#ff9489;--link:#7cbcff}}
    @media print{:root{color-scheme:light;\(ChartStyle.variables(ChartStyle.light));\
    --soft:#f4f5f7;--good:#006b45;--bad:#a8231b;--link:#1a1c1f}}
    *{box-sizing:border-box}
    html{background:var(--ground);color:var(--ink);-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:16px;max-width:1120px;\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    h1{font-size:1.7em;line-height:1.2;margin:.2em 0}
    h2{font-size:1.25em;margin:2.2em 0 .4em;padding-top:.5em;border-top:1px solid var(--grid)}
    h3{font-size:1em;margin:.2em 0 .5em}
    h1,h2,h3,p,li,dd,code,.code{overflow-wrap:anywhere}
    td,th{overflow-wrap:break-word}
    tbody th{white-space:nowrap}
    p,ul,dl{margin:.5em 0}
    a{color:var(--link)}
    .lead{font-size:1.15em}
    .faint,figcaption,small,.caption{color:var(--faint)}
    .caption{font-size:.92em;margin:1em 0 -.4em}
    nav ul,.legend,.facts{list-style:none;display:flex;flex-wrap:wrap;gap:.2em 1.1em;padding:0}
    nav{font-size:.9em}
    .legend li{display:flex;align-items:center;gap:.4em;font-size:.9em}
    .chart.sign{display:inline-block;width:26px;height:14px;flex:none;vertical-align:middle}
    .facts li{background:var(--soft);border-radius:6px;padding:.1em .7em;font-size:.95em}
    .verdict{background:var(--soft);border-radius:10px;padding:.6em 1.1em;margin:1em 0}
    .v{white-space:nowrap;font-size:.92em}
    .good{color:var(--good)}
    .bad{color:var(--bad)}
    .same{color:var(--faint)}
    .scroll{overflow-x:auto;margin:.8em 0}
    table{border-collapse:collapse;width:100%;font-size:.92em}
    th,td{text-align:left;vertical-align:top;padding:.35em .7em .35em 0;\
    border-bottom:1px solid var(--grid)}
    thead th{vertical-align:bottom;line-height:1.25;font-weight:600}
    th small{display:block;font-weight:400}
    tbody th{font-weight:600}
    td b{font-weight:600;font-variant-numeric:tabular-nums}
    td i{font-style:normal;color:var(--faint);white-space:nowrap;\
    font-variant-numeric:tabular-nums}
    th[title] bdi{cursor:help;text-decoration:underline dotted}
    .w{white-space:nowrap}
    .n{font-variant-numeric:tabular-nums}
    .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));\
    gap:1.4em 2em;margin:1em 0}
    figure{margin:0;min-width:0;max-width:600px}
    figcaption{font-size:.88em;margin-top:.3em}
    \(ChartStyle.page).chart{display:block;width:100%;height:auto;overflow:visible}
    dt{font-weight:600;margin-top:.6em}
    dd{margin:0 0 0 1.2em}
    .glossary div{display:flex;flex-wrap:wrap;gap:0 .6em;font-size:.92em}
    .glossary dt{margin:0;min-width:9em}.glossary dd{margin:0;flex:1 1 18em}
    details{margin:.8em 0}
    summary{cursor:pointer;color:var(--link)}
    pre{background:var(--soft);border-radius:6px;padding:.8em;overflow-x:auto;font-size:.82em;\
    line-height:1.4;white-space:pre-wrap;overflow-wrap:anywhere}
    code,pre{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
    @media (max-width:560px){body{padding:12px}table{font-size:.84em}\
    th,td{padding-right:.45em}td i,tbody th,td .v{white-space:normal}\
    .stack thead{display:none}.stack tr{display:block;padding:.3em 0;\
    border-bottom:1px solid var(--grid)}\
    .stack th,.stack td{display:block;border:0;padding:.1em 0}\
    .stack td{display:grid;grid-template-columns:7.5em 1fr;gap:.5em}\
    .stack td.blank{display:none}\
    .stack td::before{content:attr(data-label);color:var(--faint)}}
    @media print{body{max-width:none;padding:0;font-size:10.5pt}nav{display:none}\
    .figures{grid-template-columns:1fr 1fr}figure,tr,.verdict{break-inside:avoid}\
    h2,h3{break-after:avoid}.scroll{overflow:visible}\
    details:not([open])::details-content{content-visibility:visible;display:block}}
    """
}
