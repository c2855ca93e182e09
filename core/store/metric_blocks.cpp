// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/metric_blocks.h"

#include "core/store/columns.h"
#include "core/store/metric_block.h"
#include "core/store/summary_columns.h"

#include <SQLiteCpp/Database.h>

namespace simclr {

namespace {

constexpr Columns blockColumns{"count",     "nan_count",  "low",        "low_step",   "low_epoch",
                               "high",      "high_step",  "high_epoch", "first_step", "first_epoch",
                               "first",     "first_time", "last_step",  "last_epoch", "last",
                               "last_time", "axis"};

/// Blocks do not overlap: only the last of those that begin before the range may reach into it.
constexpr const char *overlapping = "WHERE run = ?1 AND metric = ?2 AND first_step <= ?4 AND last_step >= ?3 "
                                    "AND first_step >= COALESCE((SELECT "
                                    "first_step FROM metric_blocks WHERE run = ?1 AND metric = ?2 AND "
                                    "first_step <= ?3 ORDER BY first_step DESC "
                                    "LIMIT 1), ?3) ORDER BY first_step";

MetricBlock readBlock(const RowReader &row, RunId run, std::int64_t metric) {
    constexpr auto &at = blockColumns;
    MetricBlock block{run, metric, row.whole(at["axis"]), {}};
    readSummary(row, at["count"], run, longestBlock, block.outline);
    block.outline.first = {row.whole(at["first_step"]), row.real(at["first_epoch"]), row.real(at["first"]),
                           row.real(at["first_time"])};
    block.outline.last = {row.whole(at["last_step"]), row.real(at["last_epoch"]), row.real(at["last"]),
                          row.real(at["last_time"])};
    return block;
}

Binder &operator<<(Binder &binder, const MetricPoint &point) {
    return binder << point.step << point.epoch << point.value << point.time;
}

/// Valid until the statement is reset.
std::string_view bytesAt(const SQLite::Statement &statement, int column) {
    const SQLite::Column value = statement.getColumn(column);
    const auto *bytes = static_cast<const char *>(value.getBlob());
    return bytes == nullptr ? std::string_view() : std::string_view(bytes, value.getBytes());
}

void checkRange(const std::vector<MetricPoint> &points, const OutlinePart &outline) {
    if (points.front().step != outline.first.step || points.back().step != outline.last.step)
        throw DamagedRecord("its steps are not those of its axis");
}

} // namespace

MetricBlocks::MetricBlocks(SQLite::Database &database)
    : m_database(database),
      m_within(database, blockColumns.selectFrom("metric_blocks") + overlapping),
      m_bytes(database,
              "SELECT b.data, a.data FROM metric_blocks b JOIN metric_axes a ON a.id = b.axis AND a.run "
              "= b.run WHERE b.run = ? AND b.metric = ? AND b.first_step = ?"),
      m_addAxis(database,
                "INSERT INTO metric_axes (run, first_step, last_step, count, data) VALUES (?, ?, ?, ?, ?)"),
      m_add(database,
            "INSERT INTO metric_blocks (run, metric, axis, count, nan_count, low, low_step, low_epoch, "
            "high, high_step, high_epoch, first_step, first_epoch, first, first_time, last_step, "
            "last_epoch, last, last_time, data) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_remove(database, "DELETE FROM metric_blocks WHERE run = ? AND metric = ? AND first_step = ?"),
      m_removeUnusedAxes(database, "DELETE FROM metric_axes WHERE run = ?1 AND id NOT IN (SELECT axis FROM "
                                   "metric_blocks WHERE run = ?1)") {}

std::vector<MetricBlock> MetricBlocks::within(RunId run, std::int64_t metric, const StepRange &steps) {
    m_within.reset();
    Binder(m_within) << run << metric << steps.first << steps.last;
    std::vector<MetricBlock> blocks;
    while (m_within.executeStep())
        blocks.push_back(readBlock(RowReader(m_within), run, metric));
    m_within.reset();
    return blocks;
}

std::vector<MetricPoint> MetricBlocks::points(const MetricBlock &block) {
    try {
        return decoded(block);
    } catch (const DamagedRecord &error) {
        throw DamagedRecord("a block of metrics of run " + std::to_string(block.run) + " from step " +
                            std::to_string(block.outline.first.step) + " is invalid: " + error.what());
    }
}

std::vector<MetricPoint> MetricBlocks::decoded(const MetricBlock &block) {
    m_bytes.reset();
    Binder(m_bytes) << block.run << block.metric << block.outline.first.step;
    if (!m_bytes.executeStep())
        throw DamagedRecord("it has no axis");
    std::vector<MetricPoint> points =
        blockPoints(bytesAt(m_bytes, 1), bytesAt(m_bytes, 0), static_cast<std::size_t>(block.outline.count));
    checkRange(points, block.outline);
    m_bytes.reset();
    return points;
}

std::int64_t MetricBlocks::addAxis(RunId run, std::span<const MetricPoint> points, const std::string &bytes) {
    m_addAxis.reset();
    Binder(m_addAxis) << run << points.front().step << points.back().step
                      << static_cast<std::int64_t>(points.size());
    m_addAxis.bind(5, bytes.data(), static_cast<int>(bytes.size()));
    m_addAxis.exec();
    m_addAxis.reset();
    return m_database.getLastInsertRowid();
}

void MetricBlocks::add(RunId run, std::int64_t metric, std::int64_t axis,
                       std::span<const MetricPoint> points) {
    const OutlinePart outline = outlineOf(points);
    const std::string bytes = valueBytes(points);
    m_add.reset();
    Binder(m_add) << run << metric << axis << static_cast<const PointSummary &>(outline) << outline.first
                  << outline.last;
    m_add.bind(20, bytes.data(), static_cast<int>(bytes.size()));
    m_add.exec();
    m_add.reset();
}

void MetricBlocks::remove(const MetricBlock &block) {
    m_remove.reset();
    Binder(m_remove) << block.run << block.metric << block.outline.first.step;
    m_remove.exec();
    m_remove.reset();
}

void MetricBlocks::removeUnusedAxes(RunId run) {
    m_removeUnusedAxes.reset();
    Binder(m_removeUnusedAxes) << run;
    m_removeUnusedAxes.exec();
    m_removeUnusedAxes.reset();
}

} // namespace simclr
