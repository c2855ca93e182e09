// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_monitor.h"

#include "ui/train/event_log.h"
#include "ui/train/run_headline.h"
#include "ui/train/training_plots.h"
#include "ui/widgets/remembered.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <utility>

namespace simclr::ui {

RunMonitor::RunMonitor(TrainingSession &session, const std::filesystem::path &database, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_earlier(database),
      m_headline(new RunHeadline(this)),
      m_message(mutedLabel({}, this)),
      m_problem(plainLabel({}, this)),
      m_stop(new QPushButton(theme::icon(QStringLiteral("media-playback-stop")), tr("Stop"), this)),
      m_pause(new QPushButton(this)),
      m_commands(new QToolButton(this)),
      m_plots(new TrainingPlots(this)),
      m_log(new EventLog(this)),
      m_lower(new QSplitter(Qt::Horizontal, this)) {
    m_message->setObjectName(QStringLiteral("message"));
    m_problem->setObjectName(QStringLiteral("problem"));
    for (QLabel *label : {m_message, m_problem}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_stop->setObjectName(QStringLiteral("stopButton"));
    m_stop->setToolTip(tr("Stops after the current batch; training progress is kept"));
    buildCommands();
    showCommands(false);
    m_clock.setInterval(1000);
    buildLayout();
    connectSession();
    styleProblem();
    showInvitation();
}

void RunMonitor::buildLayout() {
    m_lower->setObjectName(QStringLiteral("logAndQueue"));
    m_lower->setChildrenCollapsible(false);
    m_lower->addWidget(m_log);
    m_lower->setMinimumHeight(54);
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setObjectName(QStringLiteral("plotsAndLog"));
    split->addWidget(m_plots);
    split->addWidget(m_lower);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 0);
    split->setSizes({500, 96});
    split->setChildrenCollapsible(false);
    rememberSplitter(*split, QStringLiteral("train/splitter"));
    auto *texts = new QVBoxLayout;
    texts->addWidget(m_message);
    texts->addWidget(m_problem);
    auto *row = new QHBoxLayout;
    row->addLayout(texts, 1);
    for (QWidget *button : std::initializer_list<QWidget *>{m_pause, m_stop, m_commands})
        row->addWidget(button, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_headline);
    column->addLayout(row);
    column->addWidget(split, 1);
}

void RunMonitor::buildCommands() {
    m_pause->setObjectName(QStringLiteral("pauseButton"));
    m_commands->setObjectName(QStringLiteral("runCommands"));
    m_commands->setText(tr("More  ▾"));
    m_commands->setToolTip(tr("Evaluate, write a checkpoint, or stop after the epoch"));
    m_commands->setPopupMode(QToolButton::InstantPopup);
    m_commands->setAutoRaise(true);
    auto *menu = new QMenu(m_commands);
    QAction *evaluate = menu->addAction(tr("Evaluate now"), &m_session, &TrainingSession::evaluateNow);
    evaluate->setObjectName(QStringLiteral("evaluateNow"));
    QAction *keep =
        menu->addAction(tr("Write a checkpoint now"), &m_session, &TrainingSession::checkpointNow);
    keep->setObjectName(QStringLiteral("checkpointNow"));
    menu->addSeparator();
    m_stopAfterEpoch = menu->addAction(tr("Stop after this epoch"));
    m_stopAfterEpoch->setObjectName(QStringLiteral("stopAfterEpoch"));
    m_stopAfterEpoch->setCheckable(true);
    connect(m_stopAfterEpoch, &QAction::toggled, &m_session, &TrainingSession::setStopAfterEpoch);
    connect(m_pause, &QPushButton::clicked, this, &RunMonitor::togglePause);
    m_commands->setMenu(menu);
}

void RunMonitor::showCommands(bool shown) {
    const QWidget *focus = QApplication::focusWidget();
    if (!shown && (focus == m_stop || focus == m_pause))
        m_log->setFocus(); // or another page would get it
    for (QWidget *button : std::initializer_list<QWidget *>{m_pause, m_stop, m_commands})
        button->setVisible(shown);
    m_stopAfterEpoch->setChecked(false);
    showPaused();
}

void RunMonitor::showPaused() {
    const bool isPaused = m_session.isPaused();
    m_pause->setEnabled(true);
    m_pause->setText(isPaused ? tr("Resume") : tr("Pause"));
    m_pause->setIcon(theme::icon(isPaused ? QStringLiteral("media-playback-start")
                                          : QStringLiteral("media-playback-pause")));
    m_pause->setToolTip(isPaused ? tr("Continues with the next batch")
                                 : tr("Waits after the current batch, and frees the processors"));
}

/// The change is shown as soon as the training tells it.
void RunMonitor::togglePause() {
    m_pause->setEnabled(false);
    if (m_session.isPaused())
        m_session.resume();
    else
        m_session.pause();
}

void RunMonitor::showLeft() {
    m_headline->setSecondsLeft(m_session.secondsLeft(), m_session.secondsLeftInEpoch());
}

void RunMonitor::connectSession() {
    connect(&m_session, &TrainingSession::pausedChanged, this, [this] {
        showPaused();
        if (m_session.isPaused())
            m_running = message();
        if (!m_session.isStopping())
            showMessage(m_session.isPaused() ? tr("Paused; no step is taken until the run is resumed.")
                                             : m_running);
    });
    connect(m_stop, &QPushButton::clicked, this, [this] {
        constexpr int together = 600; // ms: the second click must not stop the job that starts next
        if (!m_sinceStop.isValid() || m_sinceStop.elapsed() >= together)
            m_session.stop();
        m_sinceStop.start();
    });
    connect(&m_session, &TrainingSession::startRequested, this, [this] {
        m_headline->clear();
        m_stop->setEnabled(true);
        showCommands(true);
        showMessage(tr("Preparing the images and the encoder…"));
    });
    connect(&m_session, &TrainingSession::ruleFired, this, [this](const QString &rule, bool stops) {
        if (!stops)
            showMessage(tr("Rule: %1.").arg(rule));
    });
    connect(&m_session, &TrainingSession::runStarted, this, &RunMonitor::begin);
    connect(&m_earlier, &EarlierCurves::loaded, this, &RunMonitor::addEarlier);
    connect(&m_session, &TrainingSession::updated, this, &RunMonitor::update);
    connect(&m_session, &TrainingSession::stopRequested, this, [this] {
        m_stop->setEnabled(false);
        showMessage(tr("Stopping after this batch…"));
    });
    connect(&m_session, &TrainingSession::logged, m_log, &EventLog::add);
    connect(&m_session, &TrainingSession::finished, this,
            [this](RunEnd end, qint64, const QString &message) { finish(end, message); });
    connect(&m_clock, &QTimer::timeout, this, [this] { showLeft(); });
}

void RunMonitor::setLabelled(bool labelled) {
    m_plots->setLabelled(labelled);
    m_headline->setLabelled(labelled);
}

void RunMonitor::begin(const RunStarted &started) {
    setLabelled(started.isLabelled);
    m_plots->begin(started);
    m_held = {};
    m_earlier.read(started);
    if (!m_session.isStopping())
        showMessage(tr("%1: run %2 on %3, %4")
                        .arg(QString::fromStdString(started.name), QString::number(started.runId),
                             QString::fromStdString(started.device),
                             QString::fromStdString(started.precision)));
    m_clock.start();
}

/// Curves are appended from left to right: first the earlier points, then the held updates.
void RunMonitor::addEarlier(const TrainingUpdate &earlier) {
    update(earlier);
    update(std::exchange(m_held, {}));
}

void RunMonitor::update(const TrainingUpdate &update) {
    if (m_earlier.isReading()) {
        m_held.steps.insert(m_held.steps.end(), update.steps.begin(), update.steps.end());
        m_held.evaluations.insert(m_held.evaluations.end(), update.evaluations.begin(),
                                  update.evaluations.end());
        m_held.diagnoses.insert(m_held.diagnoses.end(), update.diagnoses.begin(), update.diagnoses.end());
        return;
    }
    m_plots->add(update);
    for (const Evaluated &result : update.evaluations)
        m_headline->setResult(result);
    if (update.steps.empty())
        return;
    const StepFinished &last = update.steps.back();
    m_headline->setStep(last);
    m_headline->setEpoch(last.epoch, m_session.started().epochs);
    showLeft();
}

void RunMonitor::finish(RunEnd end, const QString &message) {
    m_clock.stop();
    m_headline->setSecondsLeft(-1);
    showCommands(false);
    showMessage(message, end == RunEnd::Failed);
}

void RunMonitor::showMessage(const QString &message, bool isProblem) {
    m_message->setVisible(!isProblem);
    m_problem->setVisible(isProblem);
    (isProblem ? m_problem : m_message)->setText(message);
}

void RunMonitor::showInvitation() {
    showMessage(tr("Start trains an encoder. Its figures, curves and events appear here during training."));
}

QString RunMonitor::message() const {
    return m_message->text();
}

QString RunMonitor::problem() const {
    return m_problem->isVisibleTo(this) ? m_problem->text() : QString();
}

void RunMonitor::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        styleProblem();
}

void RunMonitor::styleProblem() {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::danger());
    m_problem->setPalette(colors);
}

} // namespace simclr::ui
