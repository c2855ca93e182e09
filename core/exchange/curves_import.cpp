// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/curves_import.h"

#include "core/exchange/step_order.h"
#include "core/util/error.h"
#include "core/util/steady_time.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>

namespace simclr {

namespace {

constexpr std::int64_t firstOfAll = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t pointsAtOnce = 50'000;

/// The last point of all curves; nothing if there is none.
std::optional<MetricPoint> lastPoint(const Curves &curves) {
    std::optional<MetricPoint> last;
    for (const auto &[metric, points] : curves)
        if (!points.empty() && (!last || points.back().step > last->step))
            last = points.back();
    return last;
}

RunRecord recordOf(const ImportedRun &run) {
    RunRecord record;
    record.name = run.name;
    record.config = run.options;
    record.pipeline = Json::object();
    record.libraries = {{importFormatKey, run.format},
                        {importSourceKey, displayName(std::filesystem::absolute(run.source))},
                        {importIdentityKey, run.identity}};
    record.created = run.created > 0 ? run.created : wallTime();
    if (run.finished > 0)
        record.finished = run.finished;
    record.status = run.status;
    record.failure = run.failure;
    if (const auto last = lastPoint(run.curves)) {
        record.lastStep = last->step;
        record.lastEpoch = last->epoch;
    }
    return record;
}

bool isSame(const MetricPoint &one, const MetricPoint &other) {
    const auto isSameNumber = [](double a, double b) { return a == b || (a != a && b != b); };
    return one.step == other.step && isSameNumber(one.value, other.value) &&
           isSameNumber(one.time, other.time);
}

/// The first step at which two curves differ; nothing if they are equal.
std::optional<std::int64_t> firstDifference(const std::vector<MetricPoint> &one,
                                            const std::vector<MetricPoint> &other) {
    const auto [a, b] = std::ranges::mismatch(one, other, isSame);
    std::optional<std::int64_t> step;
    if (a != one.end())
        step = a->step;
    if (b != other.end())
        step = step ? std::min(*step, b->step) : b->step;
    return step;
}

/// The first step at which a stored curve differs from the imported one; nothing if all are equal.
std::optional<std::int64_t> firstDifference(const Metrics &metrics, RunId id, const Curves &curves) {
    std::optional<std::int64_t> first;
    for (const auto &[metric, points] : curves)
        if (const auto step = firstDifference(metrics.curve(id, metric, firstOfAll), points))
            first = first ? std::min(*first, *step) : *step;
    return first;
}

} // namespace

std::string outcomeName(ImportOutcome::Kind kind) {
    switch (kind) {
    case ImportOutcome::Kind::Added:
        return "added";
    case ImportOutcome::Kind::Updated:
        return "updated";
    case ImportOutcome::Kind::Known:
        break;
    }
    return "known";
}

CurvesImport::CurvesImport(const std::filesystem::path &database) : m_runs(database) {}

ImportOutcome CurvesImport::add(const ImportedRun &run) {
    if (run.curves.empty() && run.options.empty())
        throw InvalidInput(displayName(run.source) + " contains neither scalars nor options");
    ImportOutcome outcome{0, ImportOutcome::Kind::Added, run.name, 0, run.problems};
    m_runs.inTransaction([&] { addOrUpdate(run, outcome); });
    return outcome;
}

/// Another process may import the same run: what is decided here is decided in the transaction.
void CurvesImport::addOrUpdate(const ImportedRun &run, ImportOutcome &outcome) {
    const auto known = m_runs.find(run.identity);
    outcome.run = known ? *known : addNew(run, outcome);
    if (known)
        update(m_runs.runs().one(*known), run, outcome);
}

RunId CurvesImport::addNew(const ImportedRun &run, ImportOutcome &outcome) {
    const RunRecord record = recordOf(run);
    const RunId id = m_runs.add(record);
    outcome.points = store(id, run.curves, firstOfAll);
    m_runs.setState(id, record); // storing points moves the last step to 0 at least
    m_runs.events().add(id, "Imported from " + record.libraries[importSourceKey].get<std::string>() + " (" +
                                run.format + "): curves without an encoder.");
    for (const std::string &problem : run.problems)
        m_runs.events().addOnce(id, problem + ".");
    return id;
}

void CurvesImport::update(const RunRecord &stored, const ImportedRun &run, ImportOutcome &outcome) {
    const RunId id = stored.id;
    RunRecord record = recordOf(run);
    record.created = stored.created; // lists rely on it that this never changes
    const std::optional<Curves> changed = replaceCurves(id, run, outcome);
    const bool isChanged =
        changed || record.status != stored.status || (record.finished && record.finished != stored.finished);
    outcome.kind = isChanged ? ImportOutcome::Kind::Updated : ImportOutcome::Kind::Known;
    if (!isChanged)
        return;
    const auto last = changed ? lastPoint(*changed) : std::nullopt;
    record.lastStep = last ? last->step : stored.lastStep;
    record.lastEpoch = last ? last->epoch : stored.lastEpoch;
    m_runs.setState(id, record);
    for (const std::string &problem : run.problems)
        m_runs.events().addOnce(id, problem + ".");
}

/// All curves of the run if there was a difference.
std::optional<Curves> CurvesImport::replaceCurves(RunId id, const ImportedRun &run, ImportOutcome &outcome) {
    const auto step = firstDifference(m_runs.metrics(), id, run.curves);
    if (!step)
        return std::nullopt;
    Curves curves = run.curves;
    for (const std::string &metric : m_runs.metrics().keys(id))
        if (!curves.contains(metric))
            curves[metric] = m_runs.metrics().curve(id, metric, firstOfAll);
    m_runs.metrics().removeAfter(id, *step == firstOfAll ? firstOfAll : *step - 1);
    outcome.points = store(id, curves, *step);
    return curves;
}

/// Points from `firstStep` on, in the order of their steps, as training stores them.
std::int64_t CurvesImport::store(RunId id, const Curves &curves, std::int64_t firstStep) {
    std::vector<const std::string *> names;
    std::vector<const std::vector<MetricPoint> *> lists;
    for (const auto &[metric, points] : curves) {
        names.push_back(&metric);
        lists.push_back(&points);
    }
    std::int64_t count = 0;
    std::vector<KeyedMetric> batch;
    const auto flush = [&] {
        m_runs.metrics().add(id, batch);
        count += static_cast<std::int64_t>(batch.size());
        batch.clear();
    };
    inStepOrder(lists, [&](std::size_t curve, const MetricPoint &point) {
        if (point.step < firstStep)
            return;
        batch.push_back({*names[curve], point});
        if (batch.size() == pointsAtOnce)
            flush();
    });
    flush();
    return count;
}

} // namespace simclr
