"""What may be done with alerts, figures and ratings, in the words of people."""

from gapura.kernel.texts import N_

OVERSIGHT_DEEDS = {
    "reports.alert.list": N_("See the alerts"),
    "reports.alert.see": N_("See an alert and what it rests on"),
    "reports.alert.raise": N_("Raise an alert"),
    "reports.alert.take": N_("Take an alert to look into it"),
    "reports.alert.explain": N_("Close an alert as explained"),
    "reports.alert.follow_up": N_("Close an alert as followed up"),
    "reports.alert.uphold": N_("Close an alert as a finding"),
    "reports.alert.reopen": N_("Open a closed alert again"),
    "reports.rule.see": N_("See the rules of alerts and how often they were right"),
    "reports.rule.change": N_("Change the numbers of an alert rule"),
    "reports.webhook.see": N_("See the systems that are told of alerts"),
    "reports.webhook.register": N_("Register a system that is told of alerts"),
    "reports.webhook.close": N_("Stop telling a system of alerts"),
    "reports.webhook.replay": N_("Send a message to a system again"),
    "reports.webhook.deliver": N_("Send messages about alerts to other systems"),
    "reports.figures.see": N_("See the figures of oversight"),
    "reports.figures.count": N_("Count the figures of oversight"),
    "reports.monthly.get": N_("Download the monthly report"),
    "reports.monthly.subscribe": N_("Be told of each monthly report by e-mail"),
    "reports.monthly.unsubscribe": N_("Stop being told of monthly reports"),
    "evaluations.rating.rate": N_("Rate an order after its handover"),
    "evaluations.supplier.compare": N_("Compare the performance of suppliers"),
    "evaluations.supplier.see_own": N_("See the performance of one's own company"),
}
