"""Makes the calls of a CSV with aiohttp: bare.py CSV URL CONNECTIONS."""

import asyncio
import csv
import sys

import aiohttp


async def main(path, url, connections):
    rows = csv.DictReader(open(path, newline=""))

    async def send(session):
        for row in rows:
            body = {"max_email_per_day": int(row["max_email_per_day"])}
            target = f"{url}/email-accounts/{row['id']}?api_key=key"
            async with session.post(target, json=body) as answer:
                assert answer.status == 200
                await answer.read()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=connections)) as session:
        await asyncio.gather(*(send(session) for _ in range(connections)))


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
