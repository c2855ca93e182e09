// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/progress.h"

#include "app/cli/text_table.h"
#include "core/events/run_rules.h"
#include "core/results/result_text.h"
#include "core/util/counted.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <unistd.h>
#include <utility>

namespace simclr::cli {

namespace {

constexpr int barCells = 24;
constexpr std::chrono::milliseconds drawInterval{100};

std::string barText(double done) {
    const int full = static_cast<int>(std::clamp(done, 0.0, 1.0) * barCells);
    std::string bar;
    for (int cell = 0; cell < barCells; ++cell)
        bar += cell < full ? "█" : "░";
    return bar;
}

std::string imagesText(const RunStarted &started) {
    if (started.learnImages == started.trainImages)
        return std::to_string(started.trainImages) + " training images";
    return "learns from " + counted(started.learnImages, "image", "images") + " and is evaluated with " +
           std::to_string(started.trainImages) + " training, " + std::to_string(started.validationImages) +
           " validation and " + std::to_string(started.testImages) + " test images";
}

} // namespace

Progress::Progress(std::string title)
    : m_title(std::move(title)), m_isTerminal(::isatty(STDERR_FILENO) == 1), m_begin(Clock::now()) {}

Progress::~Progress() {
    clearBar();
}

std::int64_t Progress::epochs() const {
    return m_started.stepsPerEpoch > 0 ? m_started.totalSteps / m_started.stepsPerEpoch : 0;
}

void Progress::hear(const RunStarted &started) {
    m_started = started;
    m_last.step = started.firstStep;
    m_begin = Clock::now();
    say("run " + std::to_string(started.runId) + " on " + started.device + " (" + started.precision + ", " +
        counted(started.threads, "thread", "threads") + "): " + imagesText(started) + ", " +
        counted(epochs(), "epoch", "epochs") + " of " + counted(started.stepsPerEpoch, "step", "steps") +
        (std::isfinite(started.chanceLoss) ? "; chance loss " + fixedText(started.chanceLoss, 3)
                                           : std::string()));
}

void Progress::hear(const StepFinished &step) {
    m_last = step;
    m_lossSum += step.values["loss"];
    ++m_lossCount;
    if (m_isTerminal && Clock::now() - m_lastDraw >= drawInterval)
        drawBar();
}

void Progress::hear(const EpochFinished &finished) {
    if (!m_isTerminal)
        say("epoch " + std::to_string(finished.epoch) + " of " + std::to_string(epochs()) + ": " +
            measures());
    m_lossSum = 0;
    m_lossCount = 0;
}

void Progress::hear(const Diagnosed &diagnosed) {
    if (m_isTerminal)
        return; // the bar is enough there
    std::string text;
    diagnosed.values.forEach([&](MetricId metric, double value) {
        text += (text.empty() ? "" : ", ") + std::string(metric->id) + " " + fixedText(value, 2);
    });
    say("after epoch " + fixedText(diagnosed.epoch, 0) + ": " + text);
}

void Progress::hear(const EvaluationStarted &started) {
    if (!m_isTerminal)
        return;
    clearBar();
    std::cerr << "evaluating: "
              << printable((started.title ? toText(*started.title) + ", " : "") + nameOf(started.split))
              << std::flush;
    m_isBarDrawn = true;
}

/// Without a terminal, lines are printed at intervals.
void Progress::hear(const EvaluationTrained &trained) {
    constexpr std::chrono::seconds lineInterval{10};
    const bool isLast = trained.epoch == trained.epochs;
    if (Clock::now() - m_lastDraw < (m_isTerminal ? Clock::duration(drawInterval) : lineInterval) && !isLast)
        return;
    m_lastDraw = Clock::now();
    const std::string text = toText(trained.title) + ": epoch " + std::to_string(trained.epoch) + " of " +
                             std::to_string(trained.epochs) + ", loss " + fixedText(trained.loss, 3);
    if (!m_isTerminal)
        return say(text);
    clearBar();
    std::cerr << printable(text) << std::flush;
    m_isBarDrawn = true;
}

void Progress::hear(const Evaluated &evaluated) {
    const Result &result = evaluated.result;
    const std::int64_t epoch = result.key.place.epoch;
    const std::string encoder = result.key.protocol == Protocol::Supervised ? "trained with labels"
                                : epoch > 0                                 ? "epoch " + std::to_string(epoch)
                                : evaluated.isImported                      ? "imported encoder"
                                                                            : "random encoder";
    say(encoder + ": " + resultTitle(result) + " accuracy on " + nameOf(result.key.split) + " " +
        percentText(&result.value));
}

void Progress::hear(const RuleFired &rule) {
    say(toText(ruleSentence(rule)));
}

void Progress::hear(const Noted &noted) {
    say(noted.message);
}

/// The epoch's mean loss, the last step's other values, and the time left at the mean speed since the start,
/// evaluations included.
std::string Progress::measures() const {
    const double seconds = std::chrono::duration<double>(Clock::now() - m_begin).count();
    const auto done = static_cast<double>(m_last.step - m_started.firstStep);
    const auto left = static_cast<double>(m_started.totalSteps - m_last.step);
    const double top1 = m_last.values["contrastive_top1"];
    std::string text = "loss " +
                       fixedText(m_lossSum / static_cast<double>(std::max<std::int64_t>(1, m_lossCount)), 3) +
                       ", top-1 " + percentText(&top1) + ", " +
                       fixedText(m_last.values["images_per_second"], 0) + " images/s";
    if (done > 0)
        text += ", " + durationText(seconds / done * left) + " left";
    return text;
}

void Progress::drawBar() {
    clearBar();
    const double done = static_cast<double>(m_last.step) /
                        static_cast<double>(std::max<std::int64_t>(1, m_started.totalSteps));
    std::cerr << (m_title.empty() ? "" : printable(m_title) + "  ") << barText(done) << " epoch "
              << fixedText(m_last.epoch, 1) << "/" << epochs() << "  " << measures() << std::flush;
    m_isBarDrawn = true;
    m_lastDraw = Clock::now();
}

void Progress::clearBar() {
    if (m_isBarDrawn)
        std::cerr << "\r\x1b[K" << std::flush;
    m_isBarDrawn = false;
}

void Progress::say(const std::string &line) {
    clearBar();
    std::cerr << (m_title.empty() ? "" : printable(m_title) + ": ") << printable(line) << std::endl;
}

} // namespace simclr::cli
