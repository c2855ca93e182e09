// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/notifier.h"

#include "ui/workspace/compute_queue.h"
#include "ui/workspace/notification_setting.h"
#include "ui/workspace/training_session.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>
#include <QWidget>

namespace simclr::ui {

namespace {

/// The arguments of Notify in the Desktop Notifications Specification 1.2. The body is markup.
QDBusMessage notification(const QString &title, const QString &text) {
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("/org/freedesktop/Notifications"),
        QStringLiteral("org.freedesktop.Notifications"), QStringLiteral("Notify"));
    constexpr uint replaced = 0;
    constexpr int usualTime = -1;
    message << QGuiApplication::applicationDisplayName() << replaced << QStringLiteral("simclr-workbench")
            << title << text.toHtmlEscaped() << QStringList() << QVariantMap() << usualTime;
    return message;
}

} // namespace

Notifier::Notifier(ComputeQueue &queue, TrainingSession &session, QWidget &window)
    : QObject(&window), m_window(window) {
    connect(&session, &TrainingSession::finished, this,
            [this, &session](RunEnd end, qint64, const QString &message) {
                const QString name = QString::fromStdString(session.started().name);
                if (end == RunEnd::Completed)
                    tell(tr("Training complete: %1").arg(name), message);
                else if (end == RunEnd::Failed)
                    tell(tr("Training failed: %1").arg(name), message);
            });
    connect(&session, &TrainingSession::ruleFired, this,
            [this, &session](const QString &message, bool stops) {
                const QString name = QString::fromStdString(session.started().name);
                tell(stops ? tr("A rule stops the run: %1").arg(name) : tr("A rule is met: %1").arg(name),
                     message);
                Q_EMIT notShown(tr("Rule: %1").arg(message));
            });
    connect(&queue, &ComputeQueue::pausedItself, this, [this](const QString &reason) {
        tell(tr("The queue is paused"), reason);
        Q_EMIT notShown(reason);
    });
}

/// Who looks at the window sees it there.
void Notifier::tell(const QString &title, const QString &text) {
    if (areNotificationsWanted() && !m_window.isActiveWindow())
        send(title, text);
}

void Notifier::send(const QString &title, const QString &text) {
    Q_EMIT sent(title, text);
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return QApplication::alert(&m_window);
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(notification(title, text)), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (watcher->isError())
            QApplication::alert(&m_window);
    });
}

} // namespace simclr::ui
