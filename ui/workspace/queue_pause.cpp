// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/queue_pause.h"

#include <QRegularExpression>
#include <QSettings>
#include <QVariantMap>

namespace simclr::ui {

namespace {

/// The reasons by the database whose queue is paused.
const QString pausedKey = QStringLiteral("queue/paused");

constexpr int mostFailures = 3;
constexpr qint64 atOnceMs = 20'000;

/// "run 12" and "run 13" fail for the same reason.
QString withoutNumbers(QString reason) {
    static const QRegularExpression numbers(QStringLiteral("[0-9]+"));
    return reason.replace(numbers, QStringLiteral("#"));
}

} // namespace

QueuePause::QueuePause(const std::filesystem::path &database)
    : m_database(QString::fromStdString(std::filesystem::absolute(database).string())) {
    const QVariantMap paused = QSettings().value(pausedKey).toMap();
    m_isOn = paused.contains(m_database);
    m_reason = paused.value(m_database).toString();
}

void QueuePause::set(bool isOn, const QString &reason) {
    m_isOn = isOn;
    m_reason = reason;
    QVariantMap paused = QSettings().value(pausedKey).toMap();
    if (isOn)
        paused.insert(m_database, reason);
    else
        paused.remove(m_database);
    QSettings().setValue(pausedKey, paused);
}

bool FailureWatch::ended(bool hasFailed, const QString &reason) {
    const QString cause = withoutNumbers(reason);
    const bool continues = hasFailed && m_count > 0 && cause == m_reason && m_sinceLast.elapsed() < atOnceMs;
    m_count = !hasFailed ? 0 : continues ? m_count + 1 : 1;
    m_reason = cause;
    m_sinceLast.start();
    return m_count >= mostFailures;
}

} // namespace simclr::ui
