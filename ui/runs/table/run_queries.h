// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/query/field.h"
#include "core/store/run_query.h"
#include "ui/background/background_worker.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

namespace simclr::ui {

/// The runs that match a filter.
struct FilterAnswer {
    std::optional<QSet<qint64>> ids; ///< nothing for an empty filter
    QString problem;                 ///< what is wrong with the filter; empty if it is right
    int from = 0;                    ///< the place of the problem, in characters of the line
    int length = 0;
};

/// One field of all runs that have a value.
struct FieldValues {
    ValueKind kind = ValueKind::Any;
    QHash<qint64, FieldValue> values;
    QHash<QString, QString> titles; ///< of values that are not shown as they are
};

/// The name of the field that is equal for runs that differ only in their seeds. It is none of the filter.
inline constexpr const char *replicatesField = "replicates";

/// Asks the store, in a thread of its own, which runs match a filter, and for fields of all runs. Values that
/// are computed from the points of curves, at() and mean(), are read last, newest runs first, and are known
/// run by run when they are first read; names and other fields are known before. A newer request does not
/// wait for them. Owned by the RunsPage; UI thread.
class RunQueries : public QObject {
    Q_OBJECT
  public:
    explicit RunQueries(std::filesystem::path database, QObject *parent = nullptr);
    ~RunQueries() override;

    /// filtered() follows, unless it is called again before. Without naming them, a filter does not match
    /// runs that were archived or are in the trash.
    void filter(const QString &line);
    /// valuesRead() or readingFailed() follows.
    void read(const QStringList &fields);
    /// What a filter can name; as it was last read.
    const KnownNames &names() const { return m_names; }
    /// The values of a field, of all runs; nullptr until it was read.
    std::shared_ptr<const FieldValues> values(const QString &field) const { return m_values.value(field); }
    /// The same, or the values of some runs while the others are read for the first time.
    std::shared_ptr<const FieldValues> knownValues(const QString &field) const;

    /// The most frequent values of a field, for completion; they are read when it is first asked for, and
    /// none are known until then.
    std::vector<std::string> frequentValues(const FieldName &field);

  Q_SIGNALS:
    void filtered(const simclr::ui::FilterAnswer &answer);
    /// values() of the wanted fields, and names(), are new.
    void valuesRead();
    /// knownValues() has further fields, or fields of further runs; valuesRead() follows.
    void partRead();
    /// What was read before stays.
    void readingFailed(const QString &problem);

  private:
    class Reader;
    struct Values;

    void take(Values &&values);
    void takeQuick(const Values &values, const QStringList &wanted);
    void takePart(const QString &field, const std::shared_ptr<const FieldValues> &values);

    std::atomic<int> m_newest = 0; ///< number of the newest request to read
    KnownNames m_names;
    QHash<QString, std::shared_ptr<const FieldValues>> m_values; ///< complete
    QHash<QString, std::shared_ptr<const FieldValues>> m_parts;  ///< more than m_values has of a field
    std::unique_ptr<Reader> m_filterReader;                      ///< used in the thread of m_filters
    std::unique_ptr<Reader> m_valueReader;                       ///< used in that of m_readings
    std::unique_ptr<Reader> m_completionReader;
    QHash<QString, std::vector<std::string>> m_frequent;
    BackgroundWorker m_completions{BackgroundWorker::Policy::InOrder};
    BackgroundWorker m_filters{BackgroundWorker::Policy::FinishCurrent};
    BackgroundWorker m_readings{BackgroundWorker::Policy::FinishCurrent};
};

} // namespace simclr::ui
