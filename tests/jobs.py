"""The worker's part of a test: what waits in the queue is done, in this process."""

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


def do_jobs(name: str) -> int:
    """Do what waits under this name, oldest first; answers how many there were."""
    waiting = ProcrastinateJob.objects.filter(task_name=name, status="todo")
    jobs = list(waiting.order_by("id"))
    with connection.cursor() as cursor:
        for job in jobs:
            app.tasks[name].func(**job.args)
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job.id])
    return len(jobs)
