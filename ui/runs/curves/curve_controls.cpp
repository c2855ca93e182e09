// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_controls.h"

#include "core/metrics/metric.h"
#include "ui/plots/smoothing_text.h"
#include "ui/text/metric_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

QString idOf(const Metric &metric) {
    return QString::fromUtf8(metric.id.data(), static_cast<qsizetype>(metric.id.size()));
}

void nameIt(QWidget &widget, const char *objectName, const QString &accessibleName, const QString &toolTip) {
    widget.setObjectName(QLatin1String(objectName));
    widget.setAccessibleName(accessibleName);
    widget.setToolTip(toolTip);
}

void choose(QComboBox &box, const QVariant &data) {
    const QSignalBlocker blocker(box);
    box.setCurrentIndex(std::max(0, box.findData(data)));
}

QToolButton *menuButton(const char *name, const QString &text, const QString &toolTip, QMenu &menu) {
    QToolButton *button = choiceButton(QLatin1String(name), text, toolTip);
    button->setCheckable(false);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(&menu);
    return button;
}

} // namespace

CurveControls::CurveControls(QWidget *parent)
    : QWidget(parent),
      m_settings(CurveSettings::recall()),
      m_metric(new QComboBox(this)),
      m_metrics(new QMenu(this)),
      m_x(new QComboBox(this)),
      m_smoothingKind(new QComboBox(this)),
      m_smoothing(new QSlider(Qt::Horizontal, this)),
      m_smoothingText(mutedLabel({}, this)),
      m_band(new QComboBox(this)),
      m_axesMenu(new QMenu(this)),
      m_notDrawn(mutedLabel({}, this)) {
    m_more = menuButton("moreMetrics", tr("+ Metrics"), tr("Metrics that are shown together"), *m_metrics);
    m_axes = menuButton("axesMenu", tr("Axes"),
                        tr("Logarithmic axes, outliers, one axis for several metrics"), *m_axesMenu);
    m_notDrawn->setObjectName(QStringLiteral("notDrawn"));
    buildMetrics();
    buildX();
    buildSmoothing();
    buildBand();
    buildAxes();
    arrange();
    showSettings();
}

void CurveControls::buildMetrics() {
    nameIt(*m_metric, "metricChooser", tr("Metric"), tr("Metric of the curves"));
    m_metrics->setObjectName(QStringLiteral("metricsMenu"));
    for (const Metric &metric : allMetrics) {
        addMetric(metricTitle(metric), idOf(metric), metricHelp(metric));
        if (&metric == &allMetrics.front()) // the loss; the two are used most
            addMetric(tr("Validation accuracy"), accuracyKey,
                      tr("Accuracy of the linear and kNN evaluations during training"));
    }
    connect(m_metric, &QComboBox::currentIndexChanged, this,
            [this] { chooseOne(m_metric->currentData().toString()); });
    setForeignMetrics({});
}

void CurveControls::addMetric(const QString &title, const QString &key, const QString &help) {
    m_metric->addItem(title, key);
    m_metric->setItemData(m_metric->count() - 1, plainToolTip(help), Qt::ToolTipRole);
    QAction *action = m_metrics->addAction(plainButtonText(title));
    action->setObjectName(key);
    action->setData(key);
    action->setCheckable(true);
    connect(action, &QAction::triggered, this, &CurveControls::chooseSeveral);
}

void CurveControls::setForeignMetrics(QStringList names) {
    constexpr qsizetype most = 60; // as in the report
    const QStringList all = names;
    names = names.mid(0, most);
    for (const QString &metric : std::as_const(m_settings.metrics))
        if (metric != accuracyKey && !MetricId::find(metric.toStdString()) && !names.contains(metric))
            names.append(metric);
    const qsizetype left = std::count_if(all.cbegin(), all.cend(),
                                         [&names](const QString &name) { return !names.contains(name); });
    if (names == m_foreign && left == m_unlisted)
        return; // the box may be open
    m_unlisted = left;
    const QSignalBlocker blocker(m_metric);
    for (const QString &name : std::as_const(m_foreign)) {
        m_metric->removeItem(m_metric->findData(name));
        for (QAction *action : m_metrics->actions())
            if (action->data().toString() == name)
                delete action;
    }
    m_foreign = names;
    for (const QString &name : std::as_const(names))
        addMetric(name, name, tr("A metric that an imported run has recorded"));
    showUnlisted();
    showSettings();
}

/// A line that cannot be chosen, at the end of the menu.
void CurveControls::showUnlisted() {
    delete m_further;
    m_further = nullptr;
    if (m_unlisted == 0)
        return;
    m_further = m_metrics->addAction(
        m_unlisted == 1 ? tr("1 further metric is not listed; Export curves writes it too")
                        : tr("%1 further metrics are not listed; Export curves writes them too")
                              .arg(countText(m_unlisted)));
    m_further->setObjectName(QStringLiteral("furtherMetrics"));
    m_further->setEnabled(false);
}

void CurveControls::buildX() {
    nameIt(*m_x, "xChooser", tr("Horizontal axis"), tr("Horizontal axis of the curves"));
    for (const CurveX x : {CurveX::Step, CurveX::Epoch, CurveX::Images, CurveX::RelativeTime, CurveX::Time})
        m_x->addItem(curveXTitle(x), static_cast<int>(x));
    connect(m_x, &QComboBox::currentIndexChanged, this, [this] {
        m_settings.x = static_cast<CurveX>(m_x->currentData().toInt());
        change();
    });
}

void CurveControls::buildSmoothing() {
    nameIt(*m_smoothingKind, "smoothingKind", tr("Kind of smoothing"),
           tr("Smoothing uses all points of a curve; the raw curve remains visible"));
    m_smoothingKind->addItem(tr("Exponential"), static_cast<int>(SmoothingKind::Exponential));
    m_smoothingKind->addItem(tr("Gaussian"), static_cast<int>(SmoothingKind::Gaussian));
    m_smoothingKind->addItem(tr("Running mean"), static_cast<int>(SmoothingKind::RunningMean));
    m_smoothingKind->addItem(tr("None"), static_cast<int>(SmoothingKind::None));
    nameIt(*m_smoothing, "smoothing", tr("Smoothing"), tr("Strength of the smoothing; 0: off"));
    m_smoothing->setRange(0, CurveSettings::smoothingSteps);
    m_smoothing->setFixedWidth(110);
    m_smoothingText->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0.9999")));
    connect(m_smoothingKind, &QComboBox::currentIndexChanged, this, [this] {
        m_settings.smoothing = static_cast<SmoothingKind>(m_smoothingKind->currentData().toInt());
        change();
    });
    connect(m_smoothing, &QSlider::valueChanged, this, [this](int strength) {
        m_settings.strength = strength;
        change();
    });
}

void CurveControls::buildBand() {
    nameIt(*m_band, "bandChooser", tr("Band of groups"), tr("Band around the mean of a group of runs"));
    for (const BandKind band : {BandKind::Deviation, BandKind::StandardError, BandKind::Interval95,
                                BandKind::Range, BandKind::None})
        m_band->addItem(band == BandKind::None ? tr("No band") : bandText(band), static_cast<int>(band));
    m_band->hide();
    connect(m_band, &QComboBox::currentIndexChanged, this, [this] {
        m_settings.band = static_cast<BandKind>(m_band->currentData().toInt());
        change();
    });
}

QAction *CurveControls::addSwitch(const char *name, const QString &text, bool CurveSettings::*member) {
    QAction *action = m_axesMenu->addAction(text);
    action->setObjectName(QLatin1String(name));
    action->setCheckable(true);
    action->setChecked(m_settings.*member);
    connect(action, &QAction::toggled, this, [this, member](bool isOn) {
        m_settings.*member = isOn;
        change();
    });
    return action;
}

void CurveControls::buildAxes() {
    addSwitch("logX", tr("Logarithmic x"), &CurveSettings::isXLogarithmic);
    addSwitch("logY", tr("Logarithmic y"), &CurveSettings::isYLogarithmic);
    addSwitch("outliers", tr("Leave outliers out"), &CurveSettings::leavesOutliersOut)
        ->setToolTip(tr("The axis shows the 1 % to 99 % quantiles; arrows where values are beyond"));
    m_axesMenu->addSeparator();
    addSwitch("sharesAxes", tr("Metrics of one unit on one axis"), &CurveSettings::sharesAxes);
    m_axesMenu->setToolTipsVisible(true);
}

void CurveControls::arrange() {
    for (QComboBox *box : {m_metric, m_x, m_smoothingKind, m_band})
        box->setMinimumContentsLength(5); // in a narrow window
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_metric);
    row->addWidget(m_more);
    row->addWidget(mutedLabel(tr("over"), this));
    row->addWidget(m_x);
    row->addSpacing(6);
    row->addWidget(mutedLabel(tr("Smoothing"), this));
    row->addWidget(m_smoothingKind);
    row->addWidget(m_smoothing);
    row->addWidget(m_smoothingText);
    row->addWidget(m_band);
    row->addWidget(m_axes);
    row->addStretch(1);
    row->addWidget(m_notDrawn);
}

void CurveControls::showBand(bool isShown) {
    m_band->setVisible(isShown);
}

void CurveControls::setNotDrawn(const QString &text) {
    m_notDrawn->setText(text);
}

void CurveControls::chooseOne(const QString &metric) {
    m_settings.metrics = {metric};
    change();
}

/// At least one metric remains.
void CurveControls::chooseSeveral() {
    QStringList chosen;
    for (const QAction *action : m_metrics->actions())
        if (action->isChecked())
            chosen.append(action->data().toString());
    if (!chosen.isEmpty())
        m_settings.metrics = chosen;
    change();
}

void CurveControls::change() {
    m_settings.store();
    showSettings();
    Q_EMIT changed();
}

void CurveControls::showSettings() {
    choose(*m_metric, m_settings.metrics.first());
    choose(*m_x, static_cast<int>(m_settings.x));
    choose(*m_smoothingKind, static_cast<int>(m_settings.smoothing));
    choose(*m_band, static_cast<int>(m_settings.band));
    for (QAction *action : m_metrics->actions())
        action->setChecked(m_settings.metrics.contains(action->data().toString()));
    const auto others = m_settings.metrics.size() - 1;
    m_more->setText(others > 0 ? tr("+ %1 metrics").arg(others) : tr("+ Metrics"));
    const bool smooths = m_settings.metrics != QStringList{accuracyKey}; // a few evaluations need none
    m_smoothingKind->setEnabled(smooths);
    m_smoothing->setEnabled(smooths && m_settings.smoothing != SmoothingKind::None);
    const QSignalBlocker blocker(m_smoothing);
    m_smoothing->setValue(m_settings.strength);
    const Smoothing smoothing = m_settings.smoothingOfCurves();
    m_smoothingText->setText(smoothing.isActive() ? QLocale().toString(smoothing.strength, 'g', 3)
                                                  : tr("off"));
    m_smoothingText->setToolTip(smoothingText(smoothing));
}

} // namespace simclr::ui
