// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/curves_csv.h"

#include "core/util/atomic_file.h"
#include "core/util/csv.h"
#include "core/util/error.h"
#include "core/util/number_text.h"

#include <limits>
#include <string>

namespace simclr {

namespace {

/// Steps of imported runs may be 0 or negative.
constexpr std::int64_t beforeAll = std::numeric_limits<std::int64_t>::min();
constexpr std::size_t bytesAtOnce = 1u << 20;

/// Text that is written in pieces.
class CurvesFile {
  public:
    explicit CurvesFile(const std::filesystem::path &path) : m_file(path) {
        m_text = "run,name,metric,step,epoch,seconds,value\n";
    }

    void add(const std::string &begin, const MetricPoint &point, double start) {
        m_text += begin + ',' + std::to_string(point.step) + ',' + numberText(point.epoch) + ',' +
                  numberText(point.time - start) + ',' + numberText(point.value) + '\n';
        if (m_text.size() > bytesAtOnce)
            flush();
    }
    void commit() {
        flush();
        m_file.commit();
    }

  private:
    void flush() {
        m_file.append(m_text);
        m_text.clear();
    }

    AtomicFile m_file;
    std::string m_text;
};

} // namespace

std::int64_t exportCurvesCsv(const RunStore &store, std::span<const RunId> runs,
                             const std::filesystem::path &file, const std::stop_token &stop) {
    std::int64_t count = 0;
    CurvesFile csv(file);
    for (const RunId id : runs) {
        const RunRecord run = store.runs().one(id);
        for (const std::string &metric : store.metrics().keys(id)) {
            if (stop.stop_requested())
                throw Interrupted("the export was cancelled");
            const std::string begin = std::to_string(id) + ',' + csvField(run.name) + ',' + csvField(metric);
            for (const MetricPoint &point : store.metrics().curve(id, metric, beforeAll)) {
                csv.add(begin, point, run.created);
                ++count;
            }
        }
    }
    if (stop.stop_requested())
        throw Interrupted("the export was cancelled");
    csv.commit();
    return count;
}

} // namespace simclr
