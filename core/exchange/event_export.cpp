// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/event_export.h"

#include "core/exchange/event_writer.h"
#include "core/exchange/imported_run.h"
#include "core/exchange/step_order.h"
#include "core/results/result_text.h"
#include "core/util/atomic_file.h"
#include "core/util/control_characters.h"
#include "core/util/error.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestName = 80;
constexpr std::size_t bytesAtOnce = 1u << 20;

/// "3-SimCLR_CIFAR-10": letters, digits and a few signs of the name, so that it is a folder everywhere.
std::string folderNameOf(const RunRecord &run) {
    std::string name;
    for (const char letter : run.name) {
        const bool isPlain = std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' ||
                             letter == '_' || (letter == '.' && !name.empty());
        if (isPlain || (!name.empty() && name.back() != '_'))
            name += isPlain ? letter : '_';
    }
    name.resize(std::min(name.size(), longestName));
    while (!name.empty() && (name.back() == '_' || name.back() == '.'))
        name.pop_back();
    return std::to_string(run.id) + (name.empty() ? "" : "-" + name);
}

/// TensorBoard reads every file whose name contains "tfevents", in the order of their names.
std::string fileNameOf(const RunRecord &run) {
    return "events.out.tfevents." + std::to_string(std::llround(run.created)) + ".simclr-workbench";
}

void requireNoOther(const fs::path &folder, const std::string &name) {
    std::error_code failure;
    for (const auto &entry : fs::directory_iterator(folder, failure))
        if (entry.path().filename() != name &&
            entry.path().filename().native().find("tfevents") != std::string::npos)
            throw InvalidInput(displayName(folder) +
                               " contains event files of another run; choose another folder");
}

void addFlat(Json &options, const std::string &prefix, const Json &value) {
    if (!value.is_object()) {
        options[prefix] = value;
        return;
    }
    for (const auto &[name, member] : value.items())
        addFlat(options, prefix.empty() ? name : prefix + "." + name, member);
}

SessionStart sessionOf(const RunRecord &run) {
    SessionStart session;
    session.time = run.created;
    addFlat(session.options, {}, run.config);
    const auto name = run.pipeline.is_object() ? run.pipeline.find("name") : run.pipeline.end();
    if (run.pipeline.is_object() && name != run.pipeline.end())
        session.options["pipeline"] = *name;
    if (!run.dataset.title.empty())
        session.options["dataset"] = run.dataset.title;
    return session;
}

SessionEnd::Status statusOf(const RunRecord &run) {
    switch (run.status) {
    case RunStatus::Completed:
        return SessionEnd::Status::Success;
    case RunStatus::Failed:
        return SessionEnd::Status::Failure;
    case RunStatus::Running:
        return SessionEnd::Status::Running;
    default:
        return SessionEnd::Status::Unknown;
    }
}

std::string tagOf(const Result &result) {
    const std::string protocol =
        result.key.scope == ResultScope() ? nameOf(result.key.protocol) : resultTitle(result);
    return "accuracy/" + replaceControls(protocol, escapedControl) + "/" + nameOf(result.key.split);
}

std::int64_t stepOf(const RunRecord &run, const Place &place) {
    if (place.step)
        return *place.step;
    const std::int64_t perEpoch = run.totalEpochs > 0 ? run.totalSteps / run.totalEpochs : 0;
    return place.epoch * perEpoch;
}

/// The curves of one run on their way into its file.
class EventExport {
  public:
    EventExport(const RunStore &store, RunRecord run, std::stop_token stop)
        : m_store(store), m_run(std::move(run)), m_stop(std::move(stop)) {}

    ExportedEvents write(const fs::path &folder) {
        const fs::path own = folder / folderNameOf(m_run);
        createFolder(own);
        requireNoOther(own, fileNameOf(m_run));
        const fs::path path = own / fileNameOf(m_run);
        AtomicFile file(path);
        file.append(versionRecord(m_run.created) + sessionStartRecord(m_run.created, sessionOf(m_run)));
        writeCurves(file);
        const double end = m_run.finished.value_or(m_lastTime);
        file.append(sessionEndRecord(end, {statusOf(m_run), end}));
        file.commit();
        return {m_run.id, path, m_points};
    }

  private:
    static void createFolder(const fs::path &folder) {
        std::error_code failure;
        fs::create_directories(folder, failure);
        if (failure)
            throw IoError("cannot create the folder " + displayName(folder) + ": " + failure.message());
    }

    void readCurves() {
        constexpr auto first = std::numeric_limits<std::int64_t>::min();
        for (const std::string &metric : m_store.metrics().keys(m_run.id))
            m_curves[metric] = m_store.metrics().curve(m_run.id, metric, first);
        for (const Result &result : m_run.results) {
            const std::int64_t step = stepOf(m_run, result.key.place);
            m_curves[tagOf(result)].push_back({step, 0, result.value, 0});
        }
        for (auto &[tag, points] : m_curves)
            std::ranges::stable_sort(points, {}, &MetricPoint::step);
    }

    void writeCurves(AtomicFile &file) {
        readCurves();
        m_lastTime = m_run.created;
        std::vector<const std::string *> tags;
        std::vector<const std::vector<MetricPoint> *> curves;
        for (const auto &[tag, points] : m_curves) {
            tags.push_back(&tag);
            curves.push_back(&points);
        }
        inStepOrder(curves,
                    [&](std::size_t curve, const MetricPoint &point) { add(*tags[curve], point, file); });
        flush(file);
        file.append(m_bytes);
    }

    /// The time of an accuracy is not stored: it gets that of the point before it.
    void add(const std::string &tag, const MetricPoint &point, AtomicFile &file) {
        const double time = point.time > 0 ? point.time : m_lastTime;
        if (!m_values.empty() && (point.step != m_step || time != m_lastTime))
            flush(file);
        m_step = point.step;
        m_lastTime = time;
        m_values.push_back({tag, point.value});
        ++m_points;
    }

    /// The values of one step and time are one record.
    void flush(AtomicFile &file) {
        if (m_stop.stop_requested())
            throw Interrupted("the export of event files was cancelled");
        if (!m_values.empty())
            m_bytes += scalarsRecord(m_lastTime, m_step, m_values);
        m_values.clear();
        if (m_bytes.size() < bytesAtOnce)
            return;
        file.append(m_bytes);
        m_bytes.clear();
    }

    const RunStore &m_store;
    RunRecord m_run;
    std::stop_token m_stop;
    Curves m_curves;
    std::vector<TaggedValue> m_values; ///< of the current step
    std::int64_t m_step = 0;
    double m_lastTime = 0;
    std::string m_bytes;
    std::int64_t m_points = 0;
};

} // namespace

std::vector<ExportedEvents> exportEvents(const RunStore &store, std::span<const RunId> runs,
                                         const fs::path &folder, const std::stop_token &stop) {
    std::vector<RunRecord> records;
    for (const RunId run : runs)
        records.push_back(store.runs().one(run)); // before anything is written
    std::vector<ExportedEvents> exported;
    for (RunRecord &record : records)
        exported.push_back(EventExport(store, std::move(record), stop).write(folder));
    return exported;
}

} // namespace simclr
