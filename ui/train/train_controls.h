// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace simclr {
struct TrainingRecipe;
}

namespace simclr::ui {

class BaseRun;
class RecipeSummary;
class RulesForm;
class TrainForm;

/// The left column of the Train page: summary of the next run, its options, the result of the check, and
/// Start. Independent of the queue; the page connects it. Owned by the TrainPage.
class TrainControls : public QWidget {
    Q_OBJECT
  public:
    explicit TrainControls(QWidget *parent = nullptr);

    TrainForm &form() { return *m_form; }
    RecipeSummary &summary() { return *m_summary; }
    RulesForm &rules() { return *m_rules; }
    BaseRun &baseRun() { return *m_baseRun; }
    void setRunName(const QString &name);
    QString runName() const;

    /// How the options differ from the recipe chosen last, or from the usual one, as a sentence.
    QString differencesText() const;
    void showCheck(bool possible, const QString &text, const QStringList &findings = {});
    void showMeasuring(bool measuring);
    void setResumable(RunId run);
    /// Whether a run that is started now waits for other jobs.
    void setQueueing(bool queueing);

  Q_SIGNALS:
    void startRequested();
    /// Runs with these seeds are wanted, all else equal.
    void seedsRequested(const QString &seeds);
    void gridRequested();
    void measureRequested();
    void measureCancelled();
    void resumeRequested(qint64 run);

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void buildLayout();
    void choose(const TrainingRecipe &recipe);
    void showDifferences();
    QToolButton *makeRecipeButton();
    QToolButton *makeSeveralButton();
    void updateCheckIcon();
    void press();
    void updateStart();

    RecipeSummary *m_summary;
    QLineEdit *m_name;
    TrainForm *m_form;
    RulesForm *m_rules;
    BaseRun *m_baseRun;
    QLabel *m_checkIcon;
    QLabel *m_check;
    QPushButton *m_measure;
    QToolButton *m_recipe;
    const TrainingRecipe *m_reference = nullptr; ///< chosen last
    QPushButton *m_start;
    QToolButton *m_several;
    QPushButton *m_resume;
    RunId m_resumable = 0;
    QElapsedTimer m_sincePress; ///< of Start: a double click starts one run
    bool m_possible = false;
    bool m_unusual = false; ///< the check has findings
    bool m_measuring = false;
    bool m_queueing = false;
};

} // namespace simclr::ui
