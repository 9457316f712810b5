"""Check of an agreement PDF as JSON."""

from dataclasses import asdict

from allauth.account.adapter import get_adapter
from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from .check_against_record import check_file
from .forms import TRIES, CheckForm


class CheckView(APIView):
    """Anybody may check the PDF of an agreement; nothing is stored."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    parser_classes = (MultiPartParser,)

    @extend_schema(
        request={"multipart/form-data": OpenApiTypes.OBJECT}, responses=OpenApiTypes.OBJECT
    )
    def post(self, request):
        address = get_adapter().get_client_ip(request)
        if TRIES.is_reached(address):
            raise Throttled(wait=TRIES.seconds)
        TRIES.count(address)
        form = CheckForm(request.data, files=request.FILES)
        if not form.is_valid() or not form.cleaned_data["file"]:
            raise serializers.ValidationError(form.errors or {"file": ["A PDF file."]})
        report = check_file(form.cleaned_data["file"].read())
        return Response(asdict(report) | {"holds": report.holds})
