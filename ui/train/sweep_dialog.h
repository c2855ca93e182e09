// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/grid.h"

#include <QDialog>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace simclr::ui {

class QueueForecast;

/// One option of a grid and its values: numbers are typed, choices are checked. Owned by the SweepDialog.
class AxisEditor : public QWidget {
    Q_OBJECT
  public:
    explicit AxisEditor(QWidget *parent = nullptr);

    /// Throws InvalidInput.
    GridAxis axis() const;
    void setAxis(const QString &option, const QString &values);

  Q_SIGNALS:
    void edited();
    void removed();

  private:
    void showEditor();

    QComboBox *m_option;
    QLineEdit *m_values;
    QListWidget *m_choices;
};

/// Asks for a grid over options, pipelines and seeds, says how many runs it has and how long they take, and
/// hands them over. Deletes itself when it is closed. UI thread.
class SweepDialog : public QDialog {
    Q_OBJECT
  public:
    /// `base` has the pipeline and options of the form; `library` are further pipelines.
    SweepDialog(Grid base, const std::vector<Pipeline> &library, QueueForecast &forecast,
                QWidget *parent = nullptr);

    AxisEditor *addAxis();

  Q_SIGNALS:
    void chosen(const std::vector<simclr::TrainJob> &jobs);

  private:
    void addPipelines(const std::vector<Pipeline> &library);
    void buildLayout();
    Grid grid() const;
    QString timeText(const std::vector<TrainJob> &jobs) const;
    void update();
    void accept() override;

    Grid m_base;
    std::vector<Pipeline> m_library;
    QueueForecast &m_forecast;
    QList<AxisEditor *> m_axes;
    QVBoxLayout *m_axisColumn;
    QListWidget *m_pipelines;
    QLineEdit *m_seeds;
    QLabel *m_summary;
    QPushButton *m_add;
    std::vector<TrainJob> m_jobs; ///< of the current choice; empty if it is not possible
};

/// The presets and the recent pipeline files that can be read, besides `current`, each name once.
std::vector<Pipeline> pipelineLibrary(const Pipeline &current);

} // namespace simclr::ui
