// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/binomial_interval.h"
#include "core/run/run.h"
#include "ui/widgets/plain_text.h"

#include <QString>
#include <optional>
#include <vector>

namespace simclr::ui {

/// "62.1 %"; "–" if not finite.
QString percentText(double share);
/// "59.0–65.1 %": the 95 % interval of an accuracy; "–" if not known.
QString intervalText(const std::optional<ShareInterval> &interval);
/// "12 min", "1 h 05 min", "40 s"; "–" for a negative or infinite duration.
QString durationText(double seconds);
/// "linear", "kNN", …
QString protocolTitle(Protocol protocol);
/// The protocol with the other parts of the key: "linear (10 % labels)".
QString resultText(const Result &result);
/// "test" or "validation".
QString splitText(Split split);
/// "ResNet-18 ×0.25", from the configuration of a run.
QString architectureText(const Json &config);

/// Lines of the event log.
QString describe(const RunStarted &started);
QString describe(const Evaluated &evaluated);

/// Message at the end of a run: what happened, and what was kept.
QString describeEnd(const RunOutcome &outcome, const StepFinished &last,
                    const std::vector<Evaluated> &results);

} // namespace simclr::ui
