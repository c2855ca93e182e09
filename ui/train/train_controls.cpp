// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/train_controls.h"

#include "core/train/recipe.h"
#include "ui/train/base_run.h"
#include "ui/train/recipe_summary.h"
#include "ui/train/rules_form.h"
#include "ui/train/train_form.h"
#include "ui/widgets/core_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/spin_box_behaviour.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <algorithm>

namespace simclr::ui {

TrainControls::TrainControls(QWidget *parent)
    : QWidget(parent),
      m_summary(new RecipeSummary(this)),
      m_name(new QLineEdit(this)),
      m_form(new TrainForm(this)),
      m_rules(new RulesForm(this)),
      m_baseRun(new BaseRun(this)),
      m_checkIcon(new QLabel(this)),
      m_check(plainLabel({}, this)),
      m_measure(new QPushButton(tr("Measure"), this)),
      m_recipe(makeRecipeButton()),
      m_start(new QPushButton(this)),
      m_several(makeSeveralButton()),
      m_resume(new QPushButton(tr("Resume"), this)) {
    m_name->setObjectName(QStringLiteral("runName"));
    m_name->setPlaceholderText(tr("Name (from the pipeline if empty)"));
    m_name->setAccessibleName(tr("Name of the run"));
    m_name->setToolTip(tr("Name shown in the Runs table"));
    m_check->setObjectName(QStringLiteral("checkLine"));
    m_check->setWordWrap(true);
    m_check->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_check->setMinimumHeight(2 * m_check->fontMetrics().lineSpacing()); // keeps the layout stable
    m_measure->setObjectName(QStringLiteral("measureButton"));
    m_start->setObjectName(QStringLiteral("startButton"));
    m_start->setMinimumHeight(38);
    m_start->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    m_resume->setObjectName(QStringLiteral("resumeButton"));
    m_resume->setToolTip(tr("Resumes the last run from its last checkpoint"));
    m_resume->hide();
    buildLayout();
    connect(m_measure, &QPushButton::clicked, this, [this] {
        commitPendingNumber();
        if (m_measuring)
            Q_EMIT measureCancelled();
        else
            Q_EMIT measureRequested();
    });
    connect(m_start, &QPushButton::clicked, this, &TrainControls::press);
    connect(m_form, &TrainForm::edited, this, &TrainControls::showDifferences);
    connect(m_resume, &QPushButton::clicked, this, [this] { Q_EMIT resumeRequested(m_resumable); });
    showDifferences();
    showMeasuring(false);
}

QToolButton *TrainControls::makeRecipeButton() {
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("recipeButton"));
    button->setText(tr("Recipe  ▾"));
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setAutoRaise(true);
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    for (const TrainingRecipe &recipe : trainingRecipes()) {
        QAction *action = menu->addAction(coreText(recipe.title));
        action->setObjectName(QString::fromStdString(recipe.id));
        action->setToolTip(coreText(recipe.help));
        connect(action, &QAction::triggered, this, [this, &recipe] { choose(recipe); });
    }
    button->setMenu(menu);
    return button;
}

QToolButton *TrainControls::makeSeveralButton() {
    auto *button = new QToolButton(this);
    button->setObjectName(QStringLiteral("severalButton"));
    button->setText(tr("× seeds  ▾"));
    button->setToolTip(tr("Adds several runs to the queue"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMinimumHeight(38);
    auto *menu = new QMenu(button);
    for (const QString &seeds : {QStringLiteral("1-3"), QStringLiteral("1-5"), QStringLiteral("1-10")}) {
        QAction *action = menu->addAction(tr("Add to queue: seeds %1").arg(seeds));
        action->setObjectName(QStringLiteral("seeds") + seeds);
        connect(action, &QAction::triggered, this, [this, seeds] {
            commitPendingNumber();
            Q_EMIT seedsRequested(seeds);
        });
    }
    menu->addSeparator();
    QAction *grid = menu->addAction(tr("Grid of options and pipelines…"));
    grid->setObjectName(QStringLiteral("gridAction"));
    connect(grid, &QAction::triggered, this, [this] {
        commitPendingNumber();
        Q_EMIT gridRequested();
    });
    button->setMenu(menu);
    return button;
}

/// Keeps the user's options of the group Machine: device, threads and the like.
void TrainControls::choose(const TrainingRecipe &recipe) {
    m_reference = &recipe;
    TrainOptions options = recipe.options;
    const TrainOptions own = m_form->options();
    for (const Parameter &parameter : trainOptionsDescription().schema())
        if (parameter.section == Section::Machine)
            trainOptionsDescription().write(options, parameter.id,
                                            trainOptionsDescription().read(own).at(parameter.id), "recipe");
    m_form->setOptions(options);
}

QString TrainControls::differencesText() const {
    const TrainOptions &options = m_form->options();
    const TrainingRecipe &reference = m_reference ? *m_reference : usualRecipe(options);
    const QString title = coreText(reference.title);
    QStringList parts;
    for (const RecipeDifference &difference : differencesFrom(reference, options))
        parts.append(tr("%1 %2 instead of %3")
                         .arg(QString::fromStdString(
                                  trainOptionsDescription().parameter(difference.option, "recipe").title),
                              QString::fromStdString(difference.own),
                              QString::fromStdString(difference.reference)));
    return parts.isEmpty() ? tr("These are the options of “%1”.").arg(title)
                           : tr("Differs from “%1”: %2.").arg(title, parts.join(QStringLiteral(", ")));
}

void TrainControls::showDifferences() {
    m_recipe->setToolTip(plainToolTip(tr("Resets options to the published recipe or to the defaults") +
                                      QLatin1Char('\n') + differencesText()));
}

void TrainControls::buildLayout() {
    auto *scroll = new QScrollArea(this);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setObjectName(QStringLiteral("optionsScroll"));
    auto *options = new QWidget;
    auto *column = new QVBoxLayout(options);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_form);
    column->addWidget(m_rules);
    column->addStretch(1);
    scroll->setWidget(options);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(std::max(m_form->fullWidth(), m_rules->fullWidth()) +
                            style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    auto *check = new QHBoxLayout;
    check->setSpacing(8);
    check->addWidget(m_checkIcon, 0, Qt::AlignTop);
    check->addWidget(m_check, 1);
    check->addWidget(m_measure, 0, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_start, 2);
    buttons->addWidget(m_several);
    buttons->addWidget(m_resume, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_summary);
    auto *name = new QHBoxLayout;
    name->addWidget(m_name, 1);
    name->addWidget(m_recipe);
    layout->addLayout(name);
    layout->addWidget(m_baseRun);
    layout->addWidget(scroll, 1);
    layout->addLayout(check);
    layout->addLayout(buttons);
}

void TrainControls::setRunName(const QString &name) {
    m_name->setText(name);
}

QString TrainControls::runName() const {
    return m_name->text().trimmed();
}

void TrainControls::showCheck(bool possible, const QString &text, const QStringList &findings) {
    m_possible = possible;
    m_unusual = !findings.isEmpty();
    QString line = text;
    if (m_unusual)
        line += QLatin1Char('\n') + findings.first();
    if (findings.size() > 1)
        line += QLatin1Char(' ') + tr("And %n more.", nullptr, static_cast<int>(findings.size()) - 1);
    m_check->setText(line);
    m_check->setToolTip(plainToolTip(findings.join(QLatin1Char('\n'))));
    m_checkIcon->setAccessibleName(!possible   ? tr("Cannot start")
                                   : m_unusual ? tr("Can start, but is unusual")
                                               : tr("Can start"));
    updateCheckIcon();
    updateStart();
}

void TrainControls::updateCheckIcon() {
    const bool isFine = m_possible && !m_unusual;
    const QString icon = isFine ? QStringLiteral("dialog-ok") : QStringLiteral("dialog-warning");
    m_checkIcon->setPixmap(m_check->text().isEmpty() ? QPixmap() : theme::icon(icon).pixmap(16, 16));
}

void TrainControls::changeEvent(QEvent *event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        updateCheckIcon(); // icons take the colours of the palette when they are made
}

void TrainControls::showMeasuring(bool measuring) {
    m_measuring = measuring;
    m_measure->setText(measuring ? tr("Cancel") : tr("Measure"));
    m_measure->setToolTip(
        measuring
            ? tr("Stops the measurement")
            : tr("Trains for some seconds to estimate the time and memory of a run, and what limits its "
                 "speed"));
    updateStart();
}

void TrainControls::setResumable(RunId run) {
    m_resumable = run;
    updateStart();
}

void TrainControls::setQueueing(bool queueing) {
    m_queueing = queueing;
    updateStart();
}

void TrainControls::press() {
    commitPendingNumber();
    const bool isRepeated =
        m_sincePress.isValid() && m_sincePress.elapsed() < QApplication::doubleClickInterval();
    m_sincePress.start(); // also while the keys are held down
    if (!isRepeated)
        Q_EMIT startRequested();
}

void TrainControls::updateStart() {
    m_start->setText(m_queueing ? tr("Add to queue") : tr("Start"));
    m_start->setToolTip(m_queueing ? tr("Trains an encoder on these images with this pipeline when the jobs "
                                        "before it have ended")
                                   : tr("Trains an encoder on these images with this pipeline"));
    m_start->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return)); // setText() clears it
    m_start->setDefault(true);
    m_start->setEnabled(m_possible);
    m_several->setEnabled(m_possible);
    m_measure->setEnabled(m_measuring || m_possible);
    m_resume->setVisible(m_resumable != 0);
}

} // namespace simclr::ui
