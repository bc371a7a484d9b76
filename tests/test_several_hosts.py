"""Two web servers and two workers on one PostgreSQL and one Redis; one of each is killed: nothing lost or doubled."""

import json
import os
import time
from collections import Counter

import pytest
from benchmarks.writing import losses

from mail_server import mail_server
from several_hosts import COMMAND, Wanderer, kill, two_hosts, until

CLIENTS, EACH, TASKS, MAILS = 4, 15, 150, 40

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(
        not (os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL")),
        reason="needs real servers: DATABASE_URL=postgres://… and REDIS_URL=redis://…",
    ),
]

_ENQUEUE = """
import sys, django; django.setup()
from mitstadt.ground.mail.sending import Letter, send
from mitstadt.ground.tasks.backend import enqueue_once
import trial_tasks
for number in range(int(sys.argv[1])):
    for _twice in range(2):
        enqueue_once(trial_tasks.leave_trace, f"{number}", name=f"task-{number}")
for number in range(int(sys.argv[2])):
    send(Letter(f"{number}@example.org", f"mail-{number}", "Ihr Link"))
"""

_SIGN = """
import django; django.setup()
from mitstadt.ground import clock
from mitstadt.spine.actions.log import publish_head
publish_head(now=clock.now())
"""

_TELL = """
import json, django; django.setup()
from django_tasks_db.models import DBTaskResult
from mitstadt.ground.organisations.models import Organisation
print(json.dumps({
    "traces": list(Organisation.objects.filter(name__startswith="task-").values_list("name", flat=True)),
    "tasks": [[row.task_path.rpartition(".")[2], row.status] for row in DBTaskResult.objects.all()],
}))
"""


@pytest.fixture
def kept_mails():
    with mail_server() as (port, kept):
        yield port, kept


def test_one_web_server_and_one_worker_are_killed_and_nothing_is_lost_doubled_or_run_twice(tmp_path, kept_mails):
    mail_port, mails = kept_mails
    with two_hosts(tmp_path, clients=CLIENTS, mail_port=mail_port) as hosts:
        workers = [host.launch(*COMMAND, "work") for host in hosts]
        try:
            receipts, told = _under_load(hosts, workers)
        finally:
            for worker in workers:
                kill(worker)
        assert len(receipts) == CLIENTS * EACH
        assert losses(receipts, hosts[1].kept()) == []
        hosts[1].run("-c", _SIGN)
        assert hosts[1].log_is_sound()

    assert Counter(told["traces"]) == Counter(f"task-{number}" for number in range(TASKS))
    assert {status for _name, status in told["tasks"]} == {"SUCCESSFUL"}
    by_clock = [name for name, _status in told["tasks"] if name != "leave_trace"]
    assert "forget_old_tasks" in by_clock  # Not the signing of the log, of which no row is kept.
    assert max(Counter(by_clock).values()) == 1, "each entry of the schedule ran once"
    came = Counter((str(mail["Subject"]), str(mail["Message-ID"])) for mail in mails)
    ours = {key: times for key, times in came.items() if key[0].startswith("mail-")}  # Others tell of tasks.
    assert {subject for subject, _number in ours} == {f"mail-{number}" for number in range(MAILS)}
    assert len(ours) == MAILS, "a mail that is carried twice keeps its number"
    assert sum(ours.values()) <= MAILS + 1, "and only the one that the killed worker held may come twice"


def _under_load(hosts, workers):
    writers = [Wanderer(hosts, number, count=EACH) for number in range(CLIENTS)]
    for writer in writers:
        writer.start()
    hosts[0].run("-c", _ENQUEUE, str(TASKS), str(MAILS))
    until(lambda: len(_told(hosts[1])["traces"]) > TASKS // 10, within_s=60)
    kill(hosts[0].server)
    kill(workers[0])
    for writer in writers:
        writer.join(timeout=120)
    until(lambda: not _open(_told(hosts[1])), within_s=120)
    time.sleep(1)
    return [receipt for writer in writers for receipt in writer.receipts], _told(hosts[1])


def _told(host):
    return json.loads(host.run("-c", _TELL))


def _open(told):
    return [name for name, status in told["tasks"] if status in {"READY", "RUNNING"}]
