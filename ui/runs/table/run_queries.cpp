// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/run_queries.h"

#include "core/query/parser.h"
#include "core/store/run_store.h"
#include "ui/runs/table/replicates.h"
#include "ui/text/sentence_text.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace simclr::ui {

namespace {

constexpr std::chrono::milliseconds patience(500); // the user waits for the table
constexpr std::size_t runsAtOnce = 1000;           ///< whose curves are read before their values are shown

QString prefix(const std::string &line, std::size_t bytes) {
    return QString::fromUtf8(line.data(), static_cast<qsizetype>(bytes));
}

FilterAnswer refused(const std::string &line, const QueryError &error) {
    const auto [begin, length] = error.where();
    const auto from = static_cast<int>(prefix(line, begin).size());
    return {.problem = sentenceText(error),
            .from = from,
            .length = static_cast<int>(prefix(line, begin + length).size()) - from};
}

} // namespace

struct RunQueries::Values {
    KnownNames names;
    QHash<QString, std::shared_ptr<const FieldValues>> fields;
    QString problem;    ///< empty, or why nothing could be read
    bool isCut = false; ///< not all was read, because it is no longer wanted
};

namespace {

/// Computed from the points of each run, which takes up to a second for thousands of them.
bool isSlow(const QString &field) {
    try {
        return takesNumber(parseFieldName(field.toStdString()).function);
    } catch (const QueryError &) {
        return false;
    }
}

struct Fields {
    QStringList quick;
    QStringList slow;
};

Fields partitioned(const QStringList &fields) {
    Fields parts;
    for (const QString &field : fields)
        (isSlow(field) ? parts.slow : parts.quick).append(field);
    return parts;
}

} // namespace

/// The part in a thread: a connection of its own.
class RunQueries::Reader {
  public:
    explicit Reader(std::filesystem::path database) : m_database(std::move(database)) {}

    FilterAnswer filter(const std::string &line) {
        try {
            FilterAnswer answer;
            RunSelection selection{.filter = parseFilter(line), .withArchived = false};
            if (!open())
                return answer;
            const std::vector<RunId> ids = RunQuery(m_store->connection()).ids(selection);
            answer.ids = QSet<qint64>(ids.begin(), ids.end());
            return answer;
        } catch (const QueryError &error) {
            return refused(line, error);
        } catch (const std::exception &error) {
            return {.problem = sentenceText(error)};
        }
    }

    /// What a request to read is told while it is worked on.
    struct Reading {
        std::function<bool()> isUnwanted;
        std::function<void(Values)> tellQuick; ///< names, and all fields but those of curves
        std::function<void(const QString &, std::shared_ptr<const FieldValues>)> tellPart;
    };

    /// Fields that do not exist, or no longer, are left out.
    Values read(const QStringList &fields, const Reading &reading) {
        Values values;
        try {
            if (!open())
                return values;
            const RunQuery query(m_store->connection());
            const std::vector<RunId> all = query.ids({.withTrashed = true});
            values.names = query.names();
            const auto [quick, slow] = partitioned(fields);
            for (const QString &field : quick)
                insert(values, field,
                       field == QLatin1String(replicatesField) ? m_replicates.read(*m_store, all)
                                                               : valuesOf(query, field.toStdString(), all));
            if (!slow.isEmpty())
                reading.tellQuick(values);
            for (const QString &field : slow)
                insert(values, field, inParts(query, field, all, reading, values.isCut));
        } catch (const std::exception &error) {
            values.problem = QString::fromStdString(error.what());
        }
        return values;
    }

    std::vector<std::string> frequentValues(const FieldName &field) {
        try {
            if (open())
                return RunQuery(m_store->connection()).frequentValues(field);
        } catch (const std::exception &) { // nothing is offered
        }
        return {};
    }

  private:
    bool open() {
        std::error_code ignored;
        const bool isThere = std::filesystem::exists(m_database, ignored);
        if (!isThere || (m_store && !m_store->connection().isStillThere())) {
            m_store.reset();
            m_replicates = {}; // of other runs
        }
        if (isThere && !m_store)
            m_store.emplace(m_database, RunStore::Access::ReadWrite, patience); // it may have to migrate
        return isThere;
    }

    static void insert(Values &values, const QString &field, std::shared_ptr<const FieldValues> read) {
        if (read)
            values.fields.insert(field, std::move(read));
    }

    /// The store keeps what it has computed, so that nothing is lost if a newer request ends it.
    static std::shared_ptr<const FieldValues> inParts(const RunQuery &query, const QString &field,
                                                      const std::vector<RunId> &ids, const Reading &reading,
                                                      bool &isCut) {
        auto all = std::make_shared<FieldValues>();
        for (std::size_t first = 0; first < ids.size(); first += runsAtOnce) {
            if (reading.isUnwanted()) {
                isCut = true;
                return nullptr;
            }
            const auto begin = ids.begin() + static_cast<std::ptrdiff_t>(first);
            const auto count = std::min(runsAtOnce, ids.size() - first);
            const auto part =
                valuesOf(query, field.toStdString(), {begin, begin + static_cast<std::ptrdiff_t>(count)});
            if (!part)
                return nullptr;
            all->kind = part->kind;
            all->values.insert(part->values);
            reading.tellPart(field, std::make_shared<const FieldValues>(*all));
        }
        return all;
    }

    static std::shared_ptr<const FieldValues> valuesOf(const RunQuery &query, const std::string &field,
                                                       const std::vector<RunId> &ids) {
        auto values = std::make_shared<FieldValues>();
        try {
            const FieldName name = parseFieldName(field);
            values->kind = query.kind(name);
            const std::vector<FieldValue> found = query.values(name, ids);
            for (std::size_t i = 0; i < ids.size(); ++i)
                if (!std::holds_alternative<std::monostate>(found[i]))
                    values->values.insert(ids[i], found[i]);
        } catch (const QueryError &) {
            return nullptr;
        }
        return values;
    }

    std::filesystem::path m_database;
    std::optional<RunStore> m_store;
    Replicates m_replicates;
};

RunQueries::RunQueries(std::filesystem::path database, QObject *parent)
    : QObject(parent),
      m_filterReader(std::make_unique<Reader>(database)),
      m_valueReader(std::make_unique<Reader>(database)),
      m_completionReader(std::make_unique<Reader>(std::move(database))) {}

RunQueries::~RunQueries() {
    for (BackgroundWorker *worker : {&m_filters, &m_readings, &m_completions}) {
        worker->cancel();
        worker->wait(); // until the reader is no longer used
    }
}

void RunQueries::filter(const QString &line) {
    if (line.trimmed().isEmpty()) {
        m_filters.cancel();
        Q_EMIT filtered({});
        return;
    }
    m_filters.ask([&reader = *m_filterReader, text = line.toStdString()] { return reader.filter(text); },
                  [this](const FilterAnswer &answer) { Q_EMIT filtered(answer); });
}

void RunQueries::read(const QStringList &fields) {
    m_readings.ask(
        [this, &reader = *m_valueReader, fields, number = ++m_newest](const BackgroundWorker::Task &task) {
            return reader.read(
                fields,
                {[this, number, &task] { return m_newest > number || task.stop().stop_requested(); },
                 [this, &task, fields](Values quick) {
                     task.post([this, fields, quick = std::move(quick)] { takeQuick(quick, fields); });
                 },
                 [this, &task](const QString &field, auto part) {
                     task.post([this, field, part] { takePart(field, part); });
                 }});
        },
        [this](Values &&values) {
            if (!values.problem.isEmpty())
                Q_EMIT readingFailed(values.problem);
            else if (values.isCut)
                Q_EMIT partRead(); // of the quick ones
            else
                take(std::move(values));
        });
}

/// If all `wanted` fields are known, the answer follows soon enough.
void RunQueries::takeQuick(const Values &values, const QStringList &wanted) {
    const bool isFirst =
        std::ranges::any_of(wanted, [this](const QString &field) { return !m_values.contains(field); });
    m_names = values.names;
    m_values.insert(values.fields);
    if (isFirst)
        Q_EMIT partRead();
}

/// When it is read again, the former values are better than a part of the newer ones.
void RunQueries::takePart(const QString &field, const std::shared_ptr<const FieldValues> &values) {
    if (const auto known = knownValues(field); known && known->values.size() >= values->values.size())
        return;
    m_parts.insert(field, values);
    Q_EMIT partRead();
}

std::shared_ptr<const FieldValues> RunQueries::knownValues(const QString &field) const {
    const auto part = m_parts.constFind(field);
    return part != m_parts.cend() ? *part : values(field);
}

std::vector<std::string> RunQueries::frequentValues(const FieldName &field) {
    const QString name = QString::fromStdString(field.name);
    const auto known = m_frequent.constFind(name);
    if (known != m_frequent.cend())
        return *known;
    m_frequent.insert(name, {}); // until they were read
    m_completions.ask(
        [&reader = *m_completionReader, field] { return reader.frequentValues(field); },
        [this, name](std::vector<std::string> &&values) { m_frequent[name] = std::move(values); });
    return {};
}

void RunQueries::take(Values &&values) {
    m_names = std::move(values.names);
    m_values = std::move(values.fields);
    m_parts.clear();    // all of their fields are complete
    m_frequent.clear(); // there may be new ones
    Q_EMIT valuesRead();
}

} // namespace simclr::ui
