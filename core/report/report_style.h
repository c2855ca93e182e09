// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace simclr {

/// The style sheet of a report: light, dark if the reader's desktop is, and light on paper. Contains neither
/// "<" nor "&", so that it is the same text in HTML and in XML. The colours of curves are those of the
/// window.
inline constexpr std::string_view reportStyle = R"(
:root{--paper:#fff;--ink:#1b1f24;--muted:#5c6670;--rule:#d5dae0;--raised:#f6f7f9;
--c0:#0072b2;--c1:#d55e00;--c2:#009e73;--c3:#b5588d;--c4:#c98200;--c5:#3a9bd9;--c6:#8a7d00}
@media screen and (prefers-color-scheme:dark){:root{--paper:#1b1e22;--ink:#e6e9ec;--muted:#9aa4ae;
--rule:#3a4149;--raised:#24282d;--c0:#4ea8e6;--c1:#ff8a3d;--c2:#2fd0a0;--c3:#e79bc4;--c4:#f2b632;
--c5:#8fd0f7;--c6:#f0e442}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.45 system-ui,sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px 20px 60px}
h1{font-size:26px;margin:0 0 4px;overflow-wrap:anywhere}
h2{font-size:19px;margin:36px 0 8px;padding-top:10px;border-top:1px solid var(--rule)}
h3{font-size:16px;margin:20px 0 6px;overflow-wrap:anywhere}
h4{font-size:15px;margin:12px 0 4px}
p{margin:6px 0}
.muted{color:var(--muted);font-size:13px}
.note{white-space:pre-wrap;overflow-wrap:anywhere}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:8px 0;font-variant-numeric:tabular-nums}
th,td{padding:4px 14px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);
overflow-wrap:break-word;max-width:26em}
th{font-weight:600;font-size:13px}
th:first-child,td:first-child{min-width:11em}
.number{text-align:right}
td .muted{font-size:12px}
.verdict{margin:4px 0}
ol,ul{padding-left:24px}
li{margin:3px 0}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:2px 20px}
.swatch{width:28px;height:8px;margin-right:6px;vertical-align:middle}
.charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(320px,1fr));gap:14px}
figure{margin:0;break-inside:avoid}
figcaption{font-weight:600;font-size:13px;margin-bottom:2px;overflow-wrap:anywhere}
figure svg{display:block;width:100%;height:auto}
svg text{font:11px system-ui,sans-serif;fill:var(--muted)}
.grid{stroke:var(--rule);stroke-width:1}
.line{stroke-linejoin:round}
.c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}
.c4{stroke:var(--c4)}.c5{stroke:var(--c5)}.c6{stroke:var(--c6)}
.views{display:flex;flex-wrap:wrap;gap:10px 18px;margin:8px 0}
.views-of{display:flex;gap:3px;break-inside:avoid}
.views img{width:84px;height:84px;object-fit:contain;image-rendering:pixelated;background:var(--raised)}
@page{margin:14mm}
@media print{body{font-size:11px}table{font-size:10px}td .muted,.muted,th{font-size:9px}
th,td{padding-right:8px}main{max-width:none;padding:0}h2{margin-top:22px}
h2,h3{break-after:avoid}tr{break-inside:avoid}.wide{overflow:visible}
.charts{grid-template-columns:1fr 1fr}.line,.grid,.views img{print-color-adjust:exact}
.views img{width:60px;height:60px}}
)";

} // namespace simclr
